import type { Department } from "@tsudoi/shared/departments.ts";

/** Those that are meant because one above them is chosen. */
export function includedBy(
  departments: readonly Department[],
  chosen: readonly string[],
): ReadonlySet<string> {
  const parents = new Map(departments.map(({ id, parentId }) => [id, parentId]));
  const isBelow = (id: string): boolean => {
    const parentId = parents.get(id);
    return parentId ? chosen.includes(parentId) || isBelow(parentId) : false;
  };
  return new Set(departments.map(({ id }) => id).filter(isBelow));
}

/** Chosen or not any more; what is meant with it need not be named too. */
export function toggled(
  departments: readonly Department[],
  chosen: readonly string[],
  id: string,
): string[] {
  if (chosen.includes(id)) return chosen.filter((other) => other !== id);
  const below = includedBy(departments, [id]);
  return [...chosen.filter((other) => !below.has(other)), id];
}
