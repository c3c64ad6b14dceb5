import * as z from "zod/mini";

/** What stands in a link: longer than any of ours, and what is none of ours is refused as one, whatever it looks like. */
export const LinkToken = z
  .string()
  .check(z.minLength(1), z.maxLength(200), z.regex(/^[\x21-\x7e]+$/));
