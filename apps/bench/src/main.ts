import { MEASUREMENTS, type Outcome } from "./measurements/measurement.ts";
import { FULL } from "./settings.ts";
import { describeMachine } from "./stage/machine.ts";
import { openStage } from "./stage/stage.ts";

const PROFILE = "--profile=";
const SIGNAL_EXIT = 130;

const words = process.argv.slice(2);
const profileDir = words.find((word) => word.startsWith(PROFILE))?.slice(PROFILE.length);
const names = words.filter((word) => !word.startsWith(PROFILE));
const unknown = names.find((name) => !Object.hasOwn(MEASUREMENTS, name));

if (unknown === undefined) process.exitCode = await measure(names);
else refuse(unknown);

/** Everything, or what was asked for by name; not well when ours did what it must never do. */
async function measure(wanted: string[]): Promise<number> {
  const stage = await openStage({ settings: FULL, say, profileDir });
  for (const event of ["SIGINT", "SIGTERM", "disconnect"] as const) {
    process.once(event, () => {
      void stage[Symbol.asyncDispose]().finally(() => process.exit(SIGNAL_EXIT));
    });
  }
  // Listening for its end alone would keep the process.
  process.channel?.unref();
  try {
    const machine = await describeMachine(stage);
    const outcomes: Outcome[] = [];
    for (const [name, run] of Object.entries(MEASUREMENTS)) {
      if (wanted.length === 0 || wanted.includes(name)) outcomes.push(await run(stage));
    }
    console.log(["", ...machine, ...outcomes.map(({ report }) => `\n${report}`)].join("\n"));
    const faults = outcomes.flatMap((outcome) => outcome.faults);
    for (const fault of faults) say(`WRONG: ${fault}`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await stage[Symbol.asyncDispose]();
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function refuse(name: string): void {
  say(`tsudoi: there is no measurement "${name}": ${Object.keys(MEASUREMENTS).join(", ")}`);
  process.exitCode = 1;
}
