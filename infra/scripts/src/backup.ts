import { makeArchive } from "./archive/make-archive.ts";
import { runCommand } from "./command.ts";
import { readFileName } from "./command-line.ts";
import { readOperatorConfig } from "./config.ts";
import { createProgress } from "./progress.ts";
import { Refusal } from "./refusal.ts";

await runCommand(async () => {
  const file = readFileName("npm run backup -- FILE.tar.gz");
  const { dataDir, databaseUrl } = readOperatorConfig();
  if (databaseUrl !== undefined) {
    throw new Refusal("DATABASE_URL is set: back up a PostgreSQL of your own with its own tools");
  }
  const progress = createProgress(process.stderr);
  const { rows } = await makeArchive({ dataDir, file, progress });
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  progress.say(
    `${file} holds ${Object.keys(rows).length} tables, ${total} rows, and the signing keys: keep it safe.`,
  );
});
