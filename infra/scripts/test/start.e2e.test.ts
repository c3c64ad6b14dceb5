import { existsSync, statSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isRunning, type ProcessIdentity } from "#scripts/process-identity.ts";
import { call } from "./call.ts";
import {
  aPlace,
  begin,
  type Place,
  type RunningCommand,
  runCommand,
  runStart,
} from "./run-start.ts";

type Token = { email: string; accessToken: string };
type Listed = { items: { id: string; title: { en: string }; seatsTaken: number }[] };
type Run = { children: ({ name: string } & ProcessIdentity)[] };

async function readRun(place: Place): Promise<Run> {
  return JSON.parse(await readFile(join(place.dataDir, "run.json"), "utf8"));
}

async function getTokens(place: Place, users: number): Promise<Token[]> {
  const { stdout } = await runCommand("tokens", {
    env: place.env,
    args: ["--users", String(users)],
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

async function findRoomyEvent(place: Place, token: string): Promise<string> {
  const { items } = await call<Listed>(place.url, "events.list", {
    input: {},
    token,
    method: "GET",
  });
  return items.find(({ title }) => title.en.startsWith("All hands"))?.id ?? "";
}

async function listMailsTo(place: Place, email: string): Promise<unknown[]> {
  const answer = await fetch(`${place.url}/dev/mail/messages.json?to=${email}`);
  return ((await answer.json()) as { items: unknown[] }).items;
}

describe("one data folder, through its life", () => {
  const parts = new AsyncDisposableStack();
  let place: Place;
  let running: RunningCommand;

  beforeAll(async () => {
    place = await aPlace(parts);
    running = await runStart(place.env);
    parts.defer(() => running[Symbol.asyncDispose]());
  });
  afterAll(() => parts.disposeAsync());

  test("a start on an empty folder ends in a demo that serves, and names one address", async () => {
    const addresses = running.output().match(/https?:\/\/\S+/g);
    expect(addresses).toEqual([`http://localhost:${place.env.PORT}`]);
    for (const name of ["admin", "organizer", "door", "attendee"]) {
      expect(running.output()).toContain(`${name}@demo.test`);
      const input = { email: `${name}@demo.test`, password: "tsudoi-demo" };
      await expect(call(place.url, "auth.signIn", { input })).resolves.toMatchObject({
        user: { email: input.email },
      });
    }
    const page = await fetch(place.url);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect((await fetch(`${place.url}/readyz`)).status).toBe(200);
  });

  test("nothing in the folder is anybody else's to read", async () => {
    const services = JSON.parse(await readFile(join(place.dataDir, "services.json"), "utf8"));
    expect(services).toMatchObject({
      apiUrl: place.url,
      metricsUrls: [expect.any(String), expect.any(String)],
    });
    expect((await fetch(services.metricsUrls[1])).status).toBe(200);
    for (const name of await readdir(place.dataDir)) {
      expect(statSync(join(place.dataDir, name)).mode & 0o077, name).toBe(0);
    }
  });

  test("a second start on the folder, and one on its ports, are refused in one line", async () => {
    const again = await runCommand("start", { env: { ...place.env, PORT: "1" } });
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toMatch(
      /^tsudoi: data folder \S+ is in use by process \d+ at http:\/\/localhost:\d+: .*\n$/,
    );
    const other = await aPlace(parts);
    const elsewhere = { ...place.env, DATA_DIR: other.dataDir };
    const taken = await runCommand("start", { env: elsewhere });
    expect(taken.code).toBe(1);
    expect(taken.stderr).toBe(
      `tsudoi: port ${place.env.PORT} is taken: stop what uses it, or set PORT to a free one\n`,
    );
  });

  test("tokens prints one line for each person and nothing else, and they open the door", async () => {
    const { code, stdout } = await runCommand("tokens", { env: place.env, args: ["--users", "3"] });
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.pop()).toBe("");
    const tokens = lines.map((line): Token => JSON.parse(line));
    expect(tokens.map(({ email }) => email)).toEqual(
      ["1", "2", "3"].map((number) => `user-00000${number}@demo.test`),
    );
    for (const { email, accessToken: token } of tokens) {
      await expect(call(place.url, "auth.me", { token, method: "GET" })).resolves.toMatchObject({
        email,
        role: "member",
      });
      const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
      expect(claims.exp * 1_000 - Date.now()).toBeGreaterThan(15 * 60_000);
    }
  });

  test("seed adds to the running system", async () => {
    const args = ["--events", "3", "--users", "20", "--registrations", "40"];
    const { code, stderr } = await runCommand("seed", { env: place.env, args });
    expect(stderr).toContain("Events and registrations");
    expect(code).toBe(0);
    const token = (await getTokens(place, 23)).at(-1)?.accessToken ?? "";
    await expect(call(place.url, "auth.me", { token, method: "GET" })).resolves.toBeDefined();
  });

  test("one more API joins, on a port of its own", async () => {
    await using joined = begin("api", { env: { DATA_DIR: place.dataDir } });
    const address = await vi.waitUntil(() => joined.output().match(/"url":"(http:[^"]+)"/)?.[1], {
      timeout: 30_000,
    });
    expect(address).not.toBe(place.url);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
  });

  test("parts that are killed come back", async () => {
    const before = await readRun(place);
    for (const { name, pid } of before.children) {
      if (name === "worker" || name === "redis") process.kill(pid, "SIGKILL");
    }
    await vi.waitFor(
      async () => {
        const { children } = await readRun(place);
        const fresh = children.filter(
          (child) => !before.children.some(({ pid }) => pid === child.pid),
        );
        expect(fresh.map(({ name }) => name).sort()).toEqual(["redis", "worker"]);
      },
      { timeout: 20_000 },
    );
    expect(running.output()).toMatch(/The worker ended \(.*\); starting it again in 0.5 s/);
    expect(running.output()).toMatch(/Redis ended \(.*\); starting it again in 0.5 s/);
    const [person] = await getTokens(place, 1);
    const eventId = await findRoomyEvent(place, person?.accessToken ?? "");
    const token = person?.accessToken ?? "";
    await call(place.url, "registrations.register", { input: { eventId }, token });
    await vi.waitFor(
      async () => expect(await listMailsTo(place, person?.email ?? "")).toHaveLength(1),
      { timeout: 30_000, interval: 200 },
    );
  });

  test("a mail that cannot be kept waits until there is room, and nothing else stops", async () => {
    const mail = join(place.dataDir, "mail");
    await rm(mail, { recursive: true });
    await writeFile(mail, "");
    const person = (await getTokens(place, 2)).at(-1);
    const token = person?.accessToken ?? "";
    const eventId = await findRoomyEvent(place, token);
    await call(place.url, "registrations.register", { input: { eventId }, token });
    await vi.waitUntil(() => running.output().includes(`Mail cannot be kept in ${mail}`), {
      timeout: 20_000,
    });
    await rm(mail);
    await vi.waitFor(
      async () => expect(await listMailsTo(place, person?.email ?? "")).toHaveLength(1),
      { timeout: 30_000, interval: 200 },
    );
    expect(running.output()).toContain("Mail is kept again");
  });

  test("a backup of the running system restores to the same rows", async () => {
    const other = await aPlace(parts);
    const file = join(other.dataDir, "backup.tar.gz");
    const made = await runCommand("backup", { env: place.env, args: [file] });
    expect(made.code, made.stderr).toBe(0);
    expect(statSync(file).mode & 0o077).toBe(0);
    const target = { DATA_DIR: join(other.dataDir, "restored") };
    const restored = await runCommand("restore", { env: target, args: [file] });
    expect(restored.code, restored.stderr).toBe(0);
    const [, count] = made.stderr.match(/tables, (\d+) rows/) ?? [];
    expect(restored.stderr).toContain(`tables, ${count} rows`);
  });

  test("Ctrl-C in the middle of bookings leaves no process behind, and no mail is lost", async () => {
    const people = (await getTokens(place, 23)).slice(3);
    const eventId = await findRoomyEvent(place, people[0]?.accessToken ?? "");
    const { children } = await readRun(place);
    await Promise.all(
      people.map(({ accessToken: token }) =>
        call(place.url, "registrations.register", { input: { eventId }, token }),
      ),
    );
    running.send("SIGINT");
    running.send("SIGINT");
    const { code, stdout } = await running.finished;
    expect(code).toBe(0);
    expect(stdout).toContain("Everything stopped");
    expect(children.filter(isRunning)).toEqual([]);
    for (const file of ["run.json", "services.json"]) {
      expect(existsSync(join(place.dataDir, file)), file).toBe(false);
    }

    running = await runStart(place.env);
    await vi.waitFor(
      async () => {
        for (const { email } of people)
          expect(await listMailsTo(place, email), email).toHaveLength(1);
      },
      { timeout: 40_000, interval: 200 },
    );
  });

  test("what kill -9 left is taken over", async () => {
    const { children } = await readRun(place);
    running.send("SIGKILL");
    await running.finished;
    running = await runStart(place.env);
    expect(children.filter(isRunning)).toEqual([]);
    expect((await fetch(`${place.url}/readyz`)).status).toBe(200);
  });

  test("a folder of an older version is brought up to this one; one of a newer version is left alone", async () => {
    running.send("SIGTERM");
    await running.finished;
    const path = join(place.dataDir, "version.json");
    const current = await readFile(path, "utf8");
    await writeFile(path, JSON.stringify({ version: "99.0.0" }));
    const refused = await runCommand("start", { env: place.env });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^tsudoi: data folder \S+ was last used by Tsudoi 99.0.0, newer .*\n$/,
    );
    await writeFile(path, JSON.stringify({ version: "0.0.1" }));
    running = await runStart(place.env);
    expect(running.output()).toContain("Bringing the data folder from Tsudoi 0.0.1 to ");
    expect(await readFile(path, "utf8")).toBe(current);
  });
});
