import { readConfig } from "./config.ts";
import { createProgress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { type Started, startSystem } from "./system.ts";

/** Runs the whole system until a signal, or until a part is beyond help; then stops all of it, in order. */
export async function runSystem(options: { watch: boolean }): Promise<void> {
  const config = readConfig();
  const progress = createProgress(process.stdout);
  const stopAsked = listenForSignals();
  const beyondHelp = Promise.withResolvers<string>();
  await using parts = new AsyncDisposableStack();
  const onGiveUp = beyondHelp.resolve;
  const starting = startSystem({ ...options, config, progress, onGiveUp }, parts);
  // After a stop in the middle of a start, what is still beginning ends with this process.
  starting.catch(() => {});

  const started = await Promise.race([starting, stopAsked]);
  if (started !== STOP) progress.say(announce(started));
  const end = started === STOP ? STOP : await Promise.race([stopAsked, beyondHelp.promise]);
  await progress.step("Everything stopped", () => parts.disposeAsync());
  if (end !== STOP) throw new Refusal(end);
}

const STOP = Symbol("stop");
/** One press of Ctrl-C can arrive several times: from the terminal, and from npm. */
const SAME_PRESS_MS = 1_000;
const FORCED = 130;

/** The first signal asks for an orderly stop; another press does not wait for it. */
function listenForSignals(): Promise<typeof STOP> {
  const { promise, resolve } = Promise.withResolvers<typeof STOP>();
  let askedAt: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      askedAt ??= Date.now();
      // What still runs notices that this process is gone and ends by itself.
      if (Date.now() - askedAt > SAME_PRESS_MS) process.exit(FORCED);
      resolve(STOP);
    });
  }
  return promise;
}

function announce({ url, isDemo, hasMailbox, setUpLink }: Started): string {
  const lines = ["", `  Tsudoi 集い   ${setUpLink ?? url}`, ""];
  if (setUpLink !== undefined) {
    lines.push(
      "  The link sets up the organisation and its first administrator. It works once, for a week.",
    );
  }
  if (isDemo) {
    lines.push(
      "  Sign in as   admin@demo.test · organizer@demo.test · door@demo.test · attendee@demo.test",
      "  Password     tsudoi-demo",
    );
  }
  if (hasMailbox) lines.push("  Mail         arrives at /dev/mail");
  return [...lines, "", "  Ctrl-C stops everything.", ""].join("\n");
}
