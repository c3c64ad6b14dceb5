import { connect, type NetConnectOpts, type Socket } from "node:net";

const KEEP_ALIVE_MS = 10_000;

export type Address = { host: string[]; port: number[]; path: string | false | undefined };

/**
 * Begins to connect and returns at once: the driver loses a connection for ever when this step fails,
 * but handles every error of a socket it has.
 */
export function openSocket(address: Address, turn: number): Socket {
  const socket = connect({
    ...target(address, turn),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  // A proxy without a server behind it accepts and hangs up, which the driver would try again for ever.
  socket.on("end", () => {
    if (socket.bytesRead === 0) socket.destroy(new Error("The server hung up before it answered."));
  });
  return socket;
}

/** Several hosts are tried in turn. */
function target({ host, port, path }: Address, turn: number): NetConnectOpts {
  if (typeof path === "string") return { path };
  const index = turn % host.length;
  return { host: host[index] ?? "localhost", port: port[index] ?? 5432 };
}
