import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { searchPath } from "#test/config.ts";

const TOOLS = {
  redis: { names: ["valkey-server", "redis-server"], install: "valkey or redis-server" },
  chromium: { names: ["chromium", "chromium-browser", "google-chrome"], install: "chromium" },
  prometheus: { names: ["prometheus"], install: "prometheus" },
  promtool: { names: ["promtool"], install: "prometheus" },
  amtool: { names: ["amtool"], install: "prometheus-alertmanager" },
  caddy: { names: ["caddy"], install: "caddy" },
} as const;

export type Tool = keyof typeof TOOLS;

/** The path of a program that the machine brings, or an error that says what to install. */
export async function findTool(tool: Tool): Promise<string> {
  const { names, install } = TOOLS[tool];
  for (const name of names) {
    for (const folder of searchPath.split(delimiter)) {
      const path = join(folder || ".", name);
      if (await isProgram(path)) return path;
    }
  }
  throw new Error(`No ${names.join(" or ")} on the PATH: install ${install}.`);
}

async function isProgram(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
