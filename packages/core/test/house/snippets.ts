import type { Files } from "./house-case.ts";

export const CREATE = "packages/core/src/events/create.ts";
export const NAMES = "packages/telemetry/src/names.ts";
export const ROUTER = "apps/api/src/routers/events.ts";
export const verb = `/** Never twice. */
export async function create(
  ctx: Context,
  input: { title: string },
): Promise<{ id: string }> {
  return once(ctx, input);
}
`;
export const procedureNames = (...names: string[]) =>
  `export const PROCEDURES = [${names.map((name) => `"${name}"`).join(", ")}] as const;\n`;
export const manifest = (dependencies: Files) => JSON.stringify({ dependencies });
