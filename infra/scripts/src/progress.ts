import type { WriteStream } from "node:tty";

/** Shows what is being done, one line for each thing done; on a terminal also what is under way. */
export type Progress = {
  step: <T>(label: string, work: (note: (text: string) => void) => Promise<T>) => Promise<T>;
  say: (line: string) => void;
  close: () => void;
};

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
/** Without a terminal, a line this often says that long work goes on. */
const STILL_EVERY_MS = 10_000;
const CLEAR_LINE = "\r\u001b[2K";

export function createProgress(output: NodeJS.WriteStream): Progress {
  return output.isTTY ? onTerminal(output) : inLines(output);
}

function inLines(output: NodeJS.WriteStream): Progress {
  const say = (line: string) => void output.write(`${line}\n`);
  return {
    say,
    async step(label, work) {
      const started = Date.now();
      let noted = "";
      const still = () => say(`… ${label} (${seconds(started)}) ${noted}`.trimEnd());
      const timer = setInterval(still, STILL_EVERY_MS);
      try {
        const result = await work((text) => {
          noted = text;
        });
        say(`✓ ${label} (${seconds(started)})`);
        return result;
      } finally {
        clearInterval(timer);
      }
    },
    close: () => {},
  };
}

function onTerminal(output: WriteStream): Progress {
  const running = new Map<symbol, { label: string; started: number; noted: string }>();
  let frame = 0;
  const draw = () => {
    const line = [...running.values()]
      .map(({ label, started, noted }) => `${label} ${seconds(started)} ${noted}`.trimEnd())
      .join(" · ");
    output.write(
      `${CLEAR_LINE}${FRAMES[frame % FRAMES.length]} ${line.slice(0, (output.columns || 80) - 4)}`,
    );
    frame += 1;
  };
  let timer: NodeJS.Timeout | undefined;
  const say = (line: string) => {
    output.write(`${timer === undefined ? "" : CLEAR_LINE}${line}\n`);
  };
  const close = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    output.write(CLEAR_LINE);
  };
  return {
    say,
    close,
    async step(label, work) {
      const key = Symbol(label);
      const started = Date.now();
      const line = { label, started, noted: "" };
      running.set(key, line);
      timer ??= setInterval(draw, FRAME_MS);
      try {
        const result = await work((text) => {
          line.noted = text;
        });
        say(`✓ ${label} (${seconds(started)})`);
        return result;
      } finally {
        running.delete(key);
        if (running.size === 0) close();
      }
    },
  };
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1_000).toFixed(1)} s`;
}
