import * as z from "zod/mini";

/** To which events of a series a change applies: this one, this one and those after it, or all. */
export const SERIES_PARTS = ["this", "following", "all"] as const;
export type SeriesPart = (typeof SERIES_PARTS)[number];

export const Apply = z._default(z.enum(SERIES_PARTS), "this");

export const MAX_SERIES_EVENTS = 100;
export const MAX_SERIES_YEARS = 2;
