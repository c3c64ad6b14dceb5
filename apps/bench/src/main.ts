import { MEASUREMENTS, type Outcome } from "./measurements/measurement.ts";
import { FULL } from "./settings.ts";
import { describeMachine } from "./stage/machine.ts";
import { openStage, type Stage } from "./stage/stage.ts";

const PROFILE = "--profile=";
const STOPPED = 130;

const words = process.argv.slice(2);
const profileDir = words.find((word) => word.startsWith(PROFILE))?.slice(PROFILE.length);
const names = words.filter((word) => !word.startsWith(PROFILE));
const unknown = names.find((name) => !Object.hasOwn(MEASUREMENTS, name));

if (unknown === undefined) {
  const code = await runBench();
  // A measurement that was stopped in the middle must not keep this process.
  process.exit(code);
} else {
  say(`tsudoi: there is no measurement "${unknown}": ${Object.keys(MEASUREMENTS).join(", ")}`);
  process.exitCode = 1;
}

async function runBench(): Promise<number> {
  await using stage = await openStage({ settings: FULL, say, profileDir });
  return await Promise.race([measure(stage), whenStopped()]);
}

/** Everything, or what was asked for by name; 1 when ours did what it must never do. */
async function measure(stage: Stage): Promise<number> {
  const machine = await describeMachine(stage);
  const outcomes: Outcome[] = [];
  for (const [name, run] of Object.entries(MEASUREMENTS)) {
    if (names.length === 0 || names.includes(name)) outcomes.push(await run(stage));
  }
  console.log(["", ...machine, ...outcomes.map(({ report }) => `\n${report}`)].join("\n"));
  const faults = outcomes.flatMap((outcome) => outcome.faults);
  for (const fault of faults) say(`WRONG: ${fault}`);
  return faults.length === 0 ? 0 : 1;
}

/** By a signal, or because who started this is gone. */
function whenStopped(): Promise<number> {
  return new Promise((resolve) => {
    for (const event of ["SIGINT", "SIGTERM", "disconnect"] as const) {
      process.once(event, () => resolve(STOPPED));
    }
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
