import { fileURLToPath } from "node:url";
import { startChild } from "@tsudoi/core/test/services/child.ts";

export type ServerProcess = AsyncDisposable & { port: number; pid: number };

export type ServerOptions = {
  name: string;
  main: URL;
  env: Record<string, string>;
  /** Before the program, for Node itself. */
  nodeArgs?: string[];
};

const READY = /"msg":"(?:listening|working)"/;
const STOP = [{ signal: "SIGTERM", forMs: 5_000 }] as const;

/** Starts a server as an operator would, and resolves once it says where it listens. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  let port = 0;
  const child = await startChild({
    name: options.name,
    command: process.execPath,
    args: [...(options.nodeArgs ?? []), fileURLToPath(options.main)],
    env: options.env,
    ready: READY,
    onLog: (line) => {
      if (READY.test(line)) port = Number(new URL(JSON.parse(line).url ?? "http://none:0").port);
    },
  });
  return { port, pid: child.pid, [Symbol.asyncDispose]: () => child.stop(STOP) };
}
