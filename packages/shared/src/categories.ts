import type { Localized } from "./text.ts";

/** A category as lists and filters show it. */
export type Category = { slug: string; name: Localized };
