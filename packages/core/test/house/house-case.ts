/** A miniature tree: what each file says, by path. */
export type Files = Record<string, string>;

/** One rule of the house: a tree that keeps it, and trees that break it once each. */
export type HouseCase = { title: string; lawful: Files; broken: Record<string, Files> };
