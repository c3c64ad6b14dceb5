import { randomUUID } from "node:crypto";

export type Person = { id: string; email: string; name: string };

/** The same people meet every contender. */
export function makePeople(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    email: `person-${index}@example.test`,
    name: `Person ${index}`,
  }));
}
