import type { ServerResponse } from "node:http";
import { countSeats } from "@tsudoi/core/test/builders.ts";
import type { SystemProcess } from "@tsudoi/core/test/system.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Asking, ask, open } from "./ask.ts";
import { type Deployment, deploy, REPLICAS } from "./deployment.ts";
import { type Load, underLoad } from "./load.ts";
import { STREAM, type StandIn, startAnswering, startCutting } from "./stand-ins.ts";

const [LEAVING, DYING, STAYING] = REPLICAS;
const CUTTING = "127.0.0.21";
const ANSWERING = "127.0.0.22";
/** The proxy asks for addresses every second. */
const SEEN_MS = 10_000;
const MOST = 100;

let site: Deployment;
beforeAll(async () => {
  site = await deploy(REPLICAS);
});
afterAll(() => site[Symbol.asyncDispose]());

const replicaAt = (address: string): SystemProcess => {
  const found = site.system.apis.findLast((api) => new URL(api.url).hostname === address);
  if (found === undefined) throw new Error(`nothing runs at ${address}`);
  return found;
};

const callsOf = async (replica: SystemProcess): Promise<number> => {
  const { text } = await ask(replica.metricsUrl);
  const counted =
    /^rpc_server_call_duration_seconds_count\{rpc_method="events.get",outcome="ok"\} (\d+)$/m;
  return Number(counted.exec(text)?.[1] ?? 0);
};

const more = async (load: Load, { reads, bookings }: { reads: number; bookings: number }) => {
  const before = [load.reads.length, load.bookings.length] as const;
  await vi.waitFor(() => {
    expect(load.reads.length).toBeGreaterThanOrEqual(before[0] + reads);
    expect(load.bookings.length).toBeGreaterThanOrEqual(before[1] + bookings);
  }, SEEN_MS);
};

test("a replica that is told to stop and one that is killed meanwhile are missed by nobody", async () => {
  const leaving = replicaAt(LEAVING);
  const load = await underLoad(site, async (load) => {
    await more(load, { reads: 50, bookings: 10 });
    for (const address of REPLICAS) expect(await callsOf(replicaAt(address))).toBeGreaterThan(0);
    const left = leaving.stop();
    await replicaAt(DYING).kill();
    // An engine forgets who is gone, not who only leaves.
    site.names.lead([LEAVING, STAYING]);
    await more(load, { reads: 100, bookings: 20 });
    const back = await site.startReplica(DYING);
    site.names.lead(leaving.running() ? [...REPLICAS] : [DYING, STAYING]);
    await left;
    site.names.lead([DYING, STAYING]);
    await more(load, { reads: 100, bookings: 20 });
    await vi.waitFor(async () => expect(await callsOf(back)).toBeGreaterThan(10), SEEN_MS);
  });
  expect(await leaving.exited).toContain("exit code 0");
  expect(load.reads.filter((status) => status !== 200)).toEqual([]);
  expect(load.bookings.filter(({ end }) => end !== "confirmed")).toEqual([]);
  const { seatsTaken, rows } = await countSeats(site.ctx, load.event);
  expect([seatsTaken, rows.confirmed]).toEqual(Array(2).fill(load.bookings.length));
});

describe("in front of replicas of which one cuts every connection, the proxy", () => {
  const place = (address: string) => ({ address, port: site.upstreamPort });
  const streams: ServerResponse[] = [];
  let cutting: StandIn;
  let answering: StandIn;
  beforeAll(async () => {
    cutting = await startCutting(place(CUTTING));
    answering = await startAnswering(place(ANSWERING), (stream) => streams.push(stream));
    site.names.lead([CUTTING, ANSWERING]);
    await vi.waitFor(async () => {
      const { headers } = await ask(`${site.url}/trpc/anything`);
      expect(headers["x-stand-in"]).toBe(ANSWERING);
    }, SEEN_MS);
  });
  afterAll(() => Promise.all([cutting, answering].map((each) => each[Symbol.asyncDispose]())));

  /** One after the other, each with an id of its own, until some have met the replica that cuts. */
  async function send(asking: Asking) {
    for (const { arrived } of [cutting, answering]) arrived.splice(0);
    const statuses: number[] = [];
    while (cutting.arrived.length < 3 && statuses.length < MOST) {
      const headers = { ...asking.headers, "x-request-id": `request-${statuses.length}` };
      const answer = await ask(`${site.url}/trpc/anything`, { ...asking, headers });
      statuses.push(answer.status);
    }
    expect(cutting.arrived.length).toBeGreaterThanOrEqual(3);
    return statuses;
  }

  test("sends a read once more", async () => {
    const statuses = await send({});
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(answering.arrived.length).toBe(statuses.length);
  });

  test.each<[string, Record<string, string>, string]>([
    ["a change", {}, "{}"],
    ["a change with a key", { "idempotency-key": "one-intention" }, "{}"],
    ["a change with a key and without a body", { "idempotency-key": "one-intention" }, ""],
  ])("never sends %s twice", async (_what, headers, body) => {
    const statuses = await send({ headers, body });
    const arrived = [...cutting.arrived, ...answering.arrived];
    expect(arrived.toSorted()).toEqual([...new Set(arrived)].toSorted());
    expect(arrived.length).toBe(statuses.length);
    expect(statuses.filter((status) => status === 502).length).toBe(cutting.arrived.length);
    expect(statuses.filter((status) => status === 200).length).toBe(answering.arrived.length);
  });

  test.each(["identity", "gzip, zstd"])(
    "passes on a stream of events as it comes (%s)",
    async (accepted) => {
      streams.splice(0);
      const opened = open(site.url + STREAM, { headers: { "accept-encoding": accepted } });
      await vi.waitFor(() => expect(streams.length).toBe(1), 10_000);
      const [stream] = streams;
      stream?.write("data: 1\n\n");
      const answer = await opened;
      const chunks: AsyncIterator<Buffer> = answer[Symbol.asyncIterator]();
      expect(String((await chunks.next()).value)).toBe("data: 1\n\n");
      // The next one is not even written before the first has arrived.
      stream?.write("data: 2\n\n");
      expect(String((await chunks.next()).value)).toBe("data: 2\n\n");
      answer.destroy();
    },
    SEEN_MS,
  );
});
