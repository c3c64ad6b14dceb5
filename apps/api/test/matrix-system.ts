import { everyone, type MatrixOf } from "./matrix-entry.ts";

export const SYSTEM: MatrixOf<"system"> = {
  "system.info": { told: everyone, statements: 0, input: () => ({}) },
};
