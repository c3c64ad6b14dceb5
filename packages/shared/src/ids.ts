import * as z from "zod/mini";

/** In the one spelling the database gives back, so that equal ids are equal texts. */
export const Id = z.uuidv7().check(z.toLowerCase());

/** Chosen by the client, so bounded and printable; a UUID is usual. */
export const IdempotencyKey = z
  .string()
  .check(z.minLength(1), z.maxLength(128), z.regex(/^[\x21-\x7e]+$/));
