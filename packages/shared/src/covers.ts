import * as z from "zod/mini";
import { Apply } from "./event-series.ts";
import type { Cover } from "./events.ts";
import { Id } from "./ids.ts";

/** What is taken as a cover; what it is, its bytes say. */
export const COVER_TYPES = ["image/jpeg", "image/png", "image/webp", "image/avif"] as const;
export const MAX_COVER_BYTES = 8 * 1024 * 1024;
/** The shape that every cover is cut to, and the size it has at most. */
export const COVER_SIZE = { width: 1_600, height: 900 } as const;
/** Smaller ones would be all blur across a page. */
export const LEAST_COVER = { width: 480, height: 270 } as const;

export const CoverInput = z.strictObject({
  eventId: Id,
  apply: Apply,
});
export type CoverInput = z.infer<typeof CoverInput>;

/** How a change of covers leaves the event that it was asked for. */
export type CoverChanged = { cover: Cover | null; version: number };
