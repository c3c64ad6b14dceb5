import { runCommand } from "./command.ts";
import { runSystem } from "./run-system.ts";

await runCommand(() => runSystem({ watch: false }));
// What a stop in the middle of a start left unfinished must not keep this process.
process.exit();
