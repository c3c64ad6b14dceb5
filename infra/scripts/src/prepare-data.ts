import { applyMigrations, hasDemoLogins, hasOrganization } from "./database.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import type { Progress } from "./progress.ts";
import { createSetUpToken } from "./set-up-token.ts";

export type PreparedData = {
  /** The demo's organisation is in the database, and its logins open the door. */
  isDemo: boolean;
  /** Opens the set-up of a system that has no organisation yet. */
  setUpToken?: string;
};

type Options = { url: string; demo: boolean; progress: Progress };

/** Brings a database to this version; an empty one gets the demo, or a link that sets it up. */
export async function prepareData({ url, demo, progress }: Options): Promise<PreparedData> {
  await progress.step("Migrations", () => applyMigrations(url));
  if (!(await hasOrganization(url))) {
    if (!demo) return { isDemo: false, setUpToken: await createSetUpToken(url) };
    await progress.step("Demo data", () => seedDemo(url));
  }
  return { isDemo: await hasDemoLogins(url) };
}
