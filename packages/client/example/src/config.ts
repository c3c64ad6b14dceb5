export type Config = { url: string; email: string; password: string };

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return {
    url: env.TSUDOI_URL ?? "http://localhost:3000",
    email: env.TSUDOI_EMAIL ?? "attendee@demo.test",
    password: env.TSUDOI_PASSWORD ?? "tsudoi-demo",
  };
}
