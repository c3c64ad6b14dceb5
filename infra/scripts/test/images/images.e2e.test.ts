import { execFile } from "node:child_process";
import { mkdir, mkdtempDisposable, readFile, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { startChild } from "@tsudoi/core/test/services/child.ts";
import { freePort } from "@tsudoi/core/test/services/ports.ts";
import { startPostgres } from "@tsudoi/core/test/services/postgres.ts";
import { startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { findTool } from "@tsudoi/core/test/services/tools.ts";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { inheritedVariables } from "#scripts/config.ts";
import { call } from "../call.ts";
import { assembleImages, type Image } from "./assemble.ts";
import { environmentOf, INFRA, readCompose, readExample } from "./compose.ts";

const run = promisify(execFile);
const { services } = readCompose();
const HOUR = 3_600_000;
const SETTINGS = {
  ...readExample().given,
  SECRETS: "c2VjcmV0cyBvZiBhIHRlc3QsIHRoaXJ0eS10d28gYnl0ZXM",
  POSTGRES_PASSWORD: "ownerpassword",
  APP_DATABASE_PASSWORD: "apppassword",
  REDIS_PASSWORD: "queuepassword",
  GRAFANA_PASSWORD: "graphspassword",
};

test("what the images hold is enough to migrate, to set up, to book and to be told", async () => {
  await using parts = new AsyncDisposableStack();
  const { path: folder } = parts.use(await mkdtempDisposable(join(tmpdir(), "tsudoi-images-")));
  const [images, hosts, smtp] = await Promise.all([
    assembleImages(["api", "worker", "tools"], folder),
    startBacking(parts, folder),
    startSmtp(),
  ]);
  parts.use(smtp);
  const environment = (name: string) => ({ ...environmentFor(name, hosts), SMTP_URL: smtp.url });

  const tools = { cwd: images.tools.folder, env: environment("tools") };
  const migrated = await run(process.execPath, images.tools.command.slice(1), tools);
  expect(migrated.stderr).toContain("The database is now up to date.");
  const admin = ["infra/scripts/src/admin.ts", "--email", "admin@example.test"];
  const { stdout: link } = await run(process.execPath, admin, tools);

  const [api, worker] = await Promise.all(
    (["api", "worker"] as const).map((name) => startImage(parts, images[name], environment(name))),
  );
  const url = api?.url ?? "";
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 20_000);
  await vi.waitFor(async () => {
    const series = await (await fetch(worker?.metrics_url ?? "")).text();
    expect(series).toMatch(/^queue_workers\{queue="mail"\} 1$/m);
  }, 20_000);
  const page = await fetch(`${url}/events`);
  expect(await page.text()).toContain("<div id=");
  expect(page.headers.get("content-security-policy")).toContain("'nonce-");

  await book(url, link.trim().split("/").at(-1) ?? "");
  await vi.waitFor(() => expect(smtp.messages).toHaveLength(1), 20_000);
}, 180_000);

test("Redis answers those who sign in, and takes no command that could empty it", async () => {
  await using parts = new AsyncDisposableStack();
  const { path: folder } = parts.use(await mkdtempDisposable(join(tmpdir(), "tsudoi-redis-")));
  const port = await startQueue(parts, folder);
  expect(await ask(port, "PING")).toMatch(/^-NOAUTH/);
  expect(await ask(port, "AUTH wrong")).toMatch(/^-WRONGPASS/);
  const signIn = `AUTH tsudoi ${SETTINGS.REDIS_PASSWORD}`;
  expect(await ask(port, signIn, "PING")).toBe("+OK\r\n+PONG\r\n");
  for (const command of ["FLUSHALL", "CONFIG GET *", "KEYS *", "SHUTDOWN", "ACL LIST"]) {
    expect(await ask(port, signIn, command)).toMatch(/^\+OK\r\n-NOPERM/);
  }
  expect(await ask(port, signIn, "INFO memory")).toContain("maxmemory_policy:noeviction");
  expect(await ask(port, signIn, "INFO persistence")).toContain("aof_enabled:1");
});

/** PostgreSQL and Redis as the compose file sets them up; answers where each of its hosts really is. */
async function startBacking(
  parts: AsyncDisposableStack,
  folder: string,
): Promise<Record<string, string>> {
  const server = parts.use(await startPostgres({ durable: false }));
  const admin = postgres(server.url("postgres"), { max: 1, onnotice: () => {} });
  await admin`create database tsudoi`;
  for (const flag of services.postgres?.command ?? []) {
    const [, name = "", value = ""] = /^-c(\w+)=(.*)$/.exec(flag) ?? [];
    if (name !== "") await admin.unsafe(`alter system set ${name} = '${value}'`);
  }
  await admin.end();
  const owner = new URL(server.url("tsudoi"));
  const database = postgres(owner.href, { max: 1, onnotice: () => {} });
  const script = await readFile(join(INFRA, "docker/postgres/roles.sh"), "utf8");
  const statements = /<<'SQL'\n([\s\S]*?)^SQL$/m.exec(script)?.[1] ?? "";
  await database.unsafe(statements.replace(":'password'", `'${SETTINGS.APP_DATABASE_PASSWORD}'`));
  await database`alter role tsudoi password ${database.unsafe(`'${SETTINGS.POSTGRES_PASSWORD}'`)}`;
  await database.end();
  const redisFolder = join(folder, "redis");
  await mkdir(redisFolder);
  return {
    "@postgres:5432": `@127.0.0.1:${owner.port}`,
    "@redis:6379": `@127.0.0.1:${await startQueue(parts, redisFolder)}`,
  };
}

/** The script and the settings of the repository, with the container's folders in one of ours. */
async function startQueue(parts: AsyncDisposableStack, folder: string): Promise<number> {
  const port = await freePort();
  const ours = (source: string) =>
    source.replace(/^dir .*$/m, `dir ${folder}`).replaceAll(/\/(?:run|etc)\/redis/g, folder);
  const [settings, script] = await Promise.all(
    ["redis.conf", "start.sh"].map((name) => readFile(join(INFRA, "docker/redis", name), "utf8")),
  );
  await writeFile(join(folder, "redis.conf"), `${ours(settings ?? "")}port ${port}\n`);
  await writeFile(join(folder, "start.sh"), ours(script ?? ""));
  await symlink(await findTool("redis"), join(folder, "redis-server"));
  const child = await startChild({
    name: "Redis",
    command: "sh",
    args: [join(folder, "start.sh")],
    env: {
      ...environmentOf(services.redis ?? none(), SETTINGS),
      PATH: [folder, inheritedVariables().PATH].join(delimiter),
    },
    ready: /Ready to accept connections/,
  });
  parts.defer(() => child.stop([{ signal: "SIGTERM", forMs: 5_000 }]));
  return port;
}

function environmentFor(name: string, hosts: Record<string, string>): Record<string, string> {
  const environment = environmentOf(services[name] ?? none(), SETTINGS);
  for (const [key, value] of Object.entries(environment)) {
    for (const [host, real] of Object.entries(hosts)) {
      environment[key] = (environment[key] ?? value).replace(host, real);
    }
  }
  return environment;
}

type Addresses = { url?: string; metrics_url?: string };
const READY = /"msg":"(?:listening|working)"/;

/** Runs an image's command in its own folder, where nothing of the repository can be reached. */
async function startImage(
  parts: AsyncDisposableStack,
  image: Image,
  environment: Record<string, string>,
): Promise<Addresses> {
  let addresses: Addresses = {};
  const child = await startChild({
    name: image.folder,
    command: process.execPath,
    args: image.command.slice(1),
    cwd: image.folder,
    env: { ...image.env, ...environment, HOST: "127.0.0.1", PORT: "0", METRICS_PORT: "0" },
    ready: READY,
    onLog: (line) => {
      if (READY.test(line)) addresses = JSON.parse(line);
    },
  });
  // Not 45 s of grace for processes that nobody calls any more.
  parts.defer(() => child.stop([]));
  return addresses;
}

async function book(url: string, setUpToken: string): Promise<void> {
  const person = {
    token: setUpToken,
    organizationName: "みなと精機",
    familyName: "伊藤",
    givenName: "真理子",
    email: "admin@example.test",
    password: "correct horse battery",
    locale: "ja",
    timeZone: "Asia/Tokyo",
  };
  const session = await call<{ accessToken: string }>(url, "auth.setUp", { input: person });
  const token = session.accessToken;
  const startsAt = Date.now() + HOUR;
  const draft = {
    title: { ja: "安全講習", en: "Safety course" },
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + HOUR).toISOString(),
    timeZone: "Asia/Tokyo",
    capacity: 1,
  };
  const event = await call<{ id: string }>(url, "events.create", { token, input: draft });
  const input = { eventId: event.id };
  await call(url, "events.publish", { token, input });
  const answer = await call(url, "registrations.register", { token, input });
  expect(answer).toMatchObject({ registration: { status: "confirmed" } });
}

/** Everything Redis answers to the commands, one after the other. */
async function ask(port: number, ...commands: string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(`${[...commands, "QUIT"].join("\r\n")}\r\n`);
  return (await text(socket)).replace(/\+OK\r\n$/, "");
}

function none(): never {
  throw new Error("the compose file has no such service");
}
