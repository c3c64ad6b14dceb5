import { type MatrixOf, signedIn } from "./matrix-entry.ts";

export const DEPARTMENTS: MatrixOf<"departments"> = {
  "departments.list": { told: signedIn, statements: 1, input: () => ({ limit: 10 }) },
};
