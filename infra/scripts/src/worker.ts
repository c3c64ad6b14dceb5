import { runCommand } from "./command.ts";
import { joinSystem } from "./join-system.ts";

await runCommand(() => joinSystem("worker"));
