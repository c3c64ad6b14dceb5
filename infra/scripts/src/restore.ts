import { restoreArchive } from "./archive/restore-archive.ts";
import { runCommand } from "./command.ts";
import { readFileName } from "./command-line.ts";
import { readOperatorConfig } from "./config.ts";
import { createProgress } from "./progress.ts";

await runCommand(async () => {
  const file = readFileName("npm run restore -- FILE.tar.gz");
  const { dataDir } = readOperatorConfig();
  const progress = createProgress(process.stderr);
  const { rows, madeAt, version } = await restoreArchive({ dataDir, file, progress });
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  progress.say(
    `${dataDir} is the system of ${madeAt}, made by Tsudoi ${version}: ${Object.keys(rows).length} tables, ${total} rows. npm start runs it.`,
  );
});
