import { events } from "@tsudoi/core/db/schema/events.ts";
import { anEvent, aUser, countSeats } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { type FaultProxy, startFaultProxy } from "@tsudoi/core/test/fault-proxy.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, createClient, type Inputs, type Retry, TsudoiError } from "#client/client.ts";
import { PASSWORD, type Stage, setStage } from "./stage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage[Symbol.asyncDispose]());

describe("a call", () => {
  it("is typed from the question to the answer", async () => {
    const event = await anEvent(stage.ctx, stage.user, { capacity: 5 });
    const client = stage.client();
    const { registration } = await client.registrations.register.mutate({ eventId: event.id });
    expect(registration.status).toBe("confirmed");
    const found = await client.events.get.query({ eventId: event.id });
    expect(found).toMatchObject({ seatsTaken: 1, myStatus: "confirmed" });
    expect((await client.system.info.query()).limits.page).toBe(100);
  });

  it("signs in when it needs to, and again when the token is refused", async () => {
    const tokens = ["not a token of this system"];
    const client: Client = createClient({
      url: stage.url,
      getToken: async () => tokens.pop() ?? (await signIn(client)),
    });
    expect(await client.auth.me.query()).toMatchObject({ id: stage.user.id });
  });

  it("sends nothing where nothing is needed", async () => {
    expect(await createClient({ url: stage.url }).auth.signOut.mutate()).toEqual({});
  });
});

describe("a refusal", () => {
  it("says why, and where to look in the logs", async () => {
    const event = await anEvent(stage.ctx, stage.user, { capacity: 5 });
    const client = stage.client();
    await client.registrations.register.mutate({ eventId: event.id });
    const error = await failureOf(client.registrations.register.mutate({ eventId: event.id }));
    expect(error).toMatchObject({ reason: "ALREADY_REGISTERED", status: 409, isTemporary: false });
    expect(error.requestId).toMatch(/^[0-9a-f]{32}$/);
    expect(error.message).toBe("registrations.register: ALREADY_REGISTERED");
  });

  it("names the fields at fault", async () => {
    const draft = { ...seminar("a"), capacity: 0 };
    const error = await failureOf(stage.client().events.create.mutate(draft));
    expect(error).toMatchObject({ reason: "VALIDATION", status: 400 });
    expect(error.issues).toMatchObject([{ path: "capacity" }]);
  });

  it.each([
    { name: "nobody", options: { token: undefined }, reason: "NOT_SIGNED_IN", status: 401 },
    { name: "a wrong token", options: { token: "x" }, reason: "NOT_SIGNED_IN", status: 401 },
    { name: "a closed port", options: { url: "http://127.0.0.1:1" }, reason: "UNREACHABLE" },
  ])("reaches $name", async ({ options, reason, status }) => {
    const client = stage.client({ ...options, attempts: 1 } as object);
    expect(await failureOf(client.auth.me.query())).toMatchObject({ reason, status });
  });

  it("for too many calls says when to come back, and the wait is never shorter", async () => {
    const person = await aUser(stage.ctx, {
      organizationId: stage.user.organizationId,
      passwordHash: stage.user.passwordHash,
    });
    const token = await signIn(createClient({ url: stage.url }), person.email);
    const eventId = (await anEvent(stage.ctx, stage.user)).id;
    const hasty = stage.client({ token });
    // Twice the limit and more: without Redis for a moment, the process counts by itself.
    const rush = Array.from({ length: 130 }, () =>
      hasty.registrations.register.mutate({ eventId }),
    );
    const refusals = (await Promise.allSettled(rush)).flatMap((result) =>
      result.status === "rejected" ? [result.reason as TsudoiError] : [],
    );
    const limited = refusals.filter(({ reason }) => reason === "RATE_LIMITED");
    expect(limited.length).toBeGreaterThanOrEqual(10);
    expect(limited[0]).toMatchObject({ status: 429, isTemporary: true });
    expect(limited[0]?.retryAfterMs).toBeGreaterThan(30_000);

    const waits: Retry[] = [];
    const stop = new AbortController();
    const onRetry = (retry: Retry) => {
      waits.push(retry);
      stop.abort(new Error("seen enough"));
    };
    const patient = stage.client({ token, deadlineMs: 120_000, onRetry });
    const options = { signal: stop.signal };
    await expect(patient.registrations.register.mutate({ eventId }, options)).rejects.toThrow(
      "seen enough",
    );
    expect(waits).toHaveLength(1);
    expect(waits[0]?.delayMs).toBeGreaterThanOrEqual(waits[0]?.error.retryAfterMs ?? Infinity);
  });
});

describe("a connection that breaks between commit and answer", () => {
  it("leaves one registration, and its holder knows", async () => {
    await using proxy = await startFaultProxy(stage.url);
    const event = await anEvent(stage.ctx, stage.user, { capacity: 5 });
    const retries: Retry[] = [];
    const client = throughProxy(proxy, retries);
    proxy.cutNext("server");
    const { registration } = await client.registrations.register.mutate({ eventId: event.id });
    expect(registration).toMatchObject({ status: "confirmed", eventId: event.id });
    expect(retries).toMatchObject([{ attempt: 1, error: { reason: "UNREACHABLE" } }]);
    const seats = await countSeats(stage.ctx, event);
    expect(seats).toMatchObject({ seatsTaken: 1, rows: { confirmed: 1 } });
  });

  it("leaves one event, where a client without keys leaves two", async () => {
    await using proxy = await startFaultProxy(stage.url);
    const client = throughProxy(proxy, []);
    proxy.cutNext("server");
    await client.events.create.mutate(seminar("with a key"));
    expect(await countEvents("with a key")).toBe(1);

    const keyless = () =>
      call(proxy.through(stage.url).replace(/\/$/, ""), ["events.create", seminar("without")], {
        token: stage.token,
      });
    proxy.cutNext("server");
    await expect(keyless()).rejects.toThrow();
    await keyless();
    expect(await countEvents("without")).toBe(2);
  });
});

describe("each", () => {
  it("gives every event once while others are added on both sides of the reader", async () => {
    const category = "training";
    const start = Date.now() + DAY;
    const titles = await addEvents(1_000, (index) => ({
      category,
      // Many at one moment, so that pages end between equal times.
      startsAt: new Date(start + Math.floor(index / 7) * MINUTE),
    }));
    const seen: string[] = [];
    const order: string[] = [];
    for await (const event of stage.client().events.list.each({ category, limit: 30 })) {
      seen.push(event.title.en);
      order.push(`${event.startsAt} ${event.id}`);
      if (seen.length % 50 === 0) {
        const around = new Date(event.startsAt).getTime();
        await addEvents(4, (index) => ({
          category,
          startsAt: new Date(around + (index - 2) * MINUTE),
        }));
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(titles.filter((title) => !seen.includes(title))).toEqual([]);
    expect(order).toEqual(order.toSorted());
    expect(seen.length).toBeGreaterThan(titles.length);
  });

  it("stops asking when its reader has enough", async () => {
    let requests = 0;
    const client = stage.client({
      fetch: (url, init) => {
        requests += 1;
        return fetch(url, init);
      },
    });
    await addEvents(5, () => ({ category: "health", startsAt: new Date(Date.now() + DAY) }));
    for await (const _ of client.events.list.each({ category: "health", limit: 2 })) break;
    expect(requests).toBe(1);
  });
});

async function signIn(client: Client, email = stage.user.email): Promise<string> {
  return (await client.auth.signIn.mutate({ email, password: PASSWORD })).accessToken;
}

function throughProxy(proxy: FaultProxy, retries: Retry[]): Client {
  return stage.client({
    url: proxy.through(stage.url),
    onRetry: (retry) => retries.push(retry),
  });
}

function seminar(title: string): Inputs["events"]["create"] {
  const startsAt = Date.now() + DAY;
  return {
    title: { en: title },
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + HOUR).toISOString(),
    timeZone: "Asia/Tokyo",
    capacity: 10,
  };
}

async function countEvents(title: string): Promise<number> {
  const found = stage.client().events.list.each({ scope: "organizing", text: title });
  let count = 0;
  for await (const _ of found) count += 1;
  return count;
}

let made = 0;

type Wanted = (index: number) => { category: string; startsAt: Date };

/** Published events with titles of their own, in one statement. */
async function addEvents(count: number, wanted: Wanted): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => {
    const { category, startsAt } = wanted(index);
    made += 1;
    return {
      organizationId: stage.user.organizationId,
      createdBy: stage.user.id,
      titleJa: `催し ${made}`,
      titleEn: `Event ${made}`,
      categorySlug: category,
      status: "published" as const,
      publishedAt: new Date(),
      startsAt,
      endsAt: new Date(startsAt.getTime() + MINUTE),
      timeZone: "Asia/Tokyo",
      registrationOpensAt: new Date(),
      registrationClosesAt: startsAt,
      capacity: 10,
      waitlistMode: "none" as const,
      approval: false,
    };
  });
  await stage.ctx.db.insert(events).values(rows);
  return rows.map(({ titleEn }) => titleEn);
}

async function failureOf(made: Promise<unknown>): Promise<TsudoiError> {
  const error = await made.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TsudoiError) return error;
  throw new Error(`expected a TsudoiError, got ${error}`);
}
