import { readdirSync, readFileSync } from "node:fs";

/** The kernel counts in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Processor seconds that a process and its children have used, or undefined where the system does not say. */
export function cpuSecondsOf(pid: number): number | undefined {
  try {
    return readStats()
      .filter((stat) => stat.pid === pid || stat.parent === pid)
      .reduce((seconds, stat) => seconds + stat.seconds, 0);
  } catch {
    return undefined;
  }
}

type Stat = { pid: number; parent: number; seconds: number };

function readStats(): Stat[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readStat(name);
      return stat === undefined ? [] : [stat];
    });
}

/** Fields count from after the program's name, which may hold anything; a process may be gone by now. */
function readStat(name: string): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${name}/stat`, "latin1");
  } catch {
    return undefined;
  }
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [, parent = 0] = fields;
  const ticks = fields.slice(11, 15).reduce((total, field) => total + field, 0);
  return { pid: Number(name), parent, seconds: ticks / TICKS_PER_SECOND };
}
