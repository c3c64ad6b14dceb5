import { type MatrixOf, signedIn } from "./matrix-entry.ts";

export const CATEGORIES: MatrixOf<"categories"> = {
  "categories.list": { told: signedIn, statements: 1, input: () => ({ limit: 10 }) },
};
