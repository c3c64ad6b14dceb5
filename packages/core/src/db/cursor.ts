import { DomainError } from "@tsudoi/shared/errors.ts";
import { FIRST_INSTANT, LAST_INSTANT } from "@tsudoi/shared/time.ts";
import * as z from "zod/mini";

type Part = string | number;

/** Where a page ended, in the list's own order; opaque to clients, checked when it comes back. */
export function writeCursor(position: Part[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

export function readCursor<Position extends z.ZodMiniType>(
  cursor: string,
  position: Position,
): z.infer<Position> {
  const parsed = position.safeParse(parse(cursor));
  if (parsed.success) return parsed.data;
  throw new DomainError("VALIDATION", {
    issues: [{ path: "cursor", code: "invalid_cursor", message: "not a cursor of this list" }],
  });
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The order most lists have: an instant in milliseconds, then the id. */
export const TimeAndId = z.tuple([
  z.int().check(z.gte(FIRST_INSTANT), z.lte(LAST_INSTANT)),
  z.uuid(),
]);
