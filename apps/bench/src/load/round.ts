import { Ledger, type Pace } from "./ledger.ts";
import { BROKEN, Line } from "./line.ts";

export type Round = {
  port: number;
  /** Callers: so many calls are under way at the most, each on a connection of its own. */
  lines: number;
  pace: Pace;
  calls: number;
  seconds: number;
  /** What is not answered by then never is. */
  giveUpSeconds: number;
  method: "GET" | "POST";
  /** Taken in turn. */
  paths: string[];
  body?: string;
  /** Whose tokens the calls carry, the next person's each time. */
  people: string;
};

export type RoundResult = {
  /** How many calls ended with each status; 0 where the connection broke. */
  statuses: Record<number, number>;
  /** Milliseconds of every call, without end where it was not answered, or with a server error. */
  latencies: Float64Array;
  /** Of all answers together, heads included. */
  bytes: number;
  /** From the first call to the last answer. */
  seconds: number;
  /** How busy the generator itself was, 1 being a whole core. */
  cpu: number;
};

const TICK_MS = 1;
const OPENED_AT_ONCE = 100;

/** Runs one round of load against one server. */
export async function runRound(round: Round, tokens: readonly string[]): Promise<RoundResult> {
  const lines = await openLines(round.port, round.lines);
  const requests = writeRequests(round, tokens);
  const cpuBefore = process.cpuUsage();
  const { ledger, statuses, seconds } = await drive(round, lines, requests);
  const cpu = process.cpuUsage(cpuBefore);
  for (const line of lines) line.close();
  return {
    statuses,
    latencies: ledger.latencies(),
    bytes: lines.reduce((total, line) => total + line.bytes, 0),
    seconds,
    cpu: (cpu.user + cpu.system) / 1e6 / seconds,
  };
}

type Driven = { ledger: Ledger; statuses: Record<number, number>; seconds: number };

function drive(round: Round, lines: Line[], requests: string[]): Promise<Driven> {
  const ledger = new Ledger({ ...round, forMs: round.seconds * 1_000 });
  const statuses: Record<number, number> = {};
  const idle = [...lines];
  const started = performance.now();
  let answeredAt = started;
  return new Promise((resolve) => {
    const send = (line: Line, now: number) => {
      const call = ledger.begin(now);
      line.exchange(requests[call % requests.length] ?? "", (status) => {
        answeredAt = performance.now();
        statuses[status] = (statuses[status] ?? 0) + 1;
        const answered = status !== BROKEN && status < 500;
        ledger.settle(call, { at: answeredAt - started, answered });
        release(line);
      });
    };
    const release = (line: Line) => {
      const now = performance.now() - started;
      if (!line.isOpen) replace(line);
      else if (ledger.isDue(now)) send(line, now);
      else idle.push(line);
    };
    const replace = (broken: Line) => {
      void Line.open(round.port).then(
        (line) => {
          lines[lines.indexOf(broken)] = line;
          release(line);
        },
        () => {},
      );
    };
    const tick = () => {
      const now = performance.now() - started;
      while (idle.length > 0 && ledger.isDue(now)) send(idle.pop() as Line, now);
      if (!ledger.isOver(now) && now < round.giveUpSeconds * 1_000) return;
      clearInterval(timer);
      resolve({ ledger, statuses, seconds: (answeredAt - started) / 1_000 });
    };
    const timer = setInterval(tick, TICK_MS);
    tick();
  });
}

async function openLines(port: number, count: number): Promise<Line[]> {
  const lines: Line[] = [];
  while (lines.length < count) {
    const next = Math.min(OPENED_AT_ONCE, count - lines.length);
    lines.push(...(await Promise.all(Array.from({ length: next }, () => Line.open(port)))));
  }
  return lines;
}

/** Every request as it goes over the wire, written before the clock starts. */
function writeRequests(round: Round, tokens: readonly string[]): string[] {
  const count = Math.min(round.calls, Math.max(tokens.length, round.paths.length));
  return Array.from({ length: count }, (_, index) => {
    const token = tokens[index % tokens.length];
    return writeRequest({
      ...round,
      path: round.paths[index % round.paths.length] ?? "/",
      token,
      index,
    });
  });
}

type Request = Pick<Round, "port" | "method" | "body"> & {
  path: string;
  token: string | undefined;
  index: number;
};

function writeRequest({ port, method, path, body, token, index }: Request): string {
  const head = [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    // As a proxy in front would tell: everyone calls from an address of their own.
    `x-forwarded-for: ${addressOf(index)}`,
    ...(body === undefined
      ? []
      : ["content-type: application/json", `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return `${head.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

function addressOf(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
}
