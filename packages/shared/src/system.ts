import * as z from "zod/mini";

/** Nothing, or `{}`. */
export const NoInput = z.optional(z.strictObject({}));

/** What an integrator or operator asks first. */
export type SystemInfo = {
  version: string;
  commit: string | null;
  features: string[];
  limits: { page: number; batch: number; bodyBytes: number };
};

export const MAX_BATCH = 10;
export const MAX_BODY_BYTES = 256 * 1024;
