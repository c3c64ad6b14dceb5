import * as z from "zod/mini";

export const DEFAULT_PAGE = 20;
export const MAX_PAGE = 100;

export const Limit = z._default(z.int().check(z.gte(1), z.lte(MAX_PAGE)), DEFAULT_PAGE);
/** Opaque to clients; longer than any cursor we write. */
export const Cursor = z.optional(z.string().check(z.minLength(1), z.maxLength(400)));

export type Page<Item> = { items: Item[]; nextCursor: string | null };
