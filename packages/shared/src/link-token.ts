import { line } from "./text.ts";

/** What stands in a link: longer than any of ours, and what is none of ours is refused as one, whatever it looks like. */
export const LinkToken = line(200, 1);
