import { runCommand } from "./command.ts";
import { readOperatorConfig } from "./config.ts";
import { applyMigrations } from "./database.ts";
import { createProgress } from "./progress.ts";
import { openTarget } from "./target.ts";

await runCommand(async () => {
  const progress = createProgress(process.stderr);
  await using parts = new AsyncDisposableStack();
  const target = await openTarget({ config: readOperatorConfig(), progress }, parts);
  const applied = await applyMigrations(target.url, (name) => progress.say(`✓ ${name}`));
  progress.say(
    applied.length === 0 ? "The database is up to date." : "The database is now up to date.",
  );
});
