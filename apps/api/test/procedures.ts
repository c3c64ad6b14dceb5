import { PROCEDURES, type Procedure } from "@tsudoi/telemetry/names.ts";
import type { core } from "zod";
import { appRouter } from "#api/router.ts";

type Built = { _def: { type: "query" | "mutation" | "subscription"; inputs: core.$ZodType[] } };

/** Every procedure there is, as it was built; at run time the nested routers are one flat record. */
export const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Built>,
).map(([path, { _def }]) => {
  const name = PROCEDURES.find((known) => known === path);
  if (name === undefined) throw new Error(`${path} is not in the catalogue`);
  return { name, type: _def.type, input: _def.inputs[0] };
});

export const mutations: Procedure[] = procedures
  .filter(({ type }) => type === "mutation")
  .map(({ name }) => name);
