import { startPostgres } from "@tsudoi/core/test/services/postgres.ts";
import { startRedis } from "@tsudoi/core/test/services/redis.ts";
import { type SmtpService, startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { type Generator, startGenerator } from "#bench/load/generator.ts";
import type { Settings } from "#bench/settings.ts";

/** What every contender shares: one database server, one Redis, one mail server, one source of load. */
export type Stage = AsyncDisposable & {
  settings: Settings;
  postgresUrl: string;
  postgresPid: number;
  redisUrl: string;
  smtp: SmtpService;
  generator: Generator;
  /** Where profiles of our API process are written, if anywhere. */
  profileDir: string | undefined;
  say: (line: string) => void;
};

export type StageOptions = {
  settings: Settings;
  profileDir?: string | undefined;
  say: (line: string) => void;
};

export async function openStage(options: StageOptions): Promise<Stage> {
  await using services = new AsyncDisposableStack();
  const { settings, say } = options;
  const postgres = services.use(await startPostgres({ durable: settings.durable, onStep: say }));
  const redis = services.use(await startRedis());
  const smtp = services.use(await startSmtp({ delayMs: settings.mailMs }));
  const generator = services.use(startGenerator());
  const owned = services.move();
  return {
    settings,
    postgresUrl: postgres.url("postgres"),
    postgresPid: postgres.pid,
    redisUrl: redis.url,
    smtp,
    generator,
    profileDir: options.profileDir,
    say,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
