import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * `pass` lets everything through, `delay` later; `freeze` holds every byte back, as a cut cable does, until `pass`.
 * New connections are turned away by the port itself (`refuse`) or after they were accepted (`hang-up`).
 */
export type Fault = "pass" | "freeze" | "refuse" | "hang-up" | { delayMs: number };

export type FaultProxy = AsyncDisposable & {
  readonly port: number;
  /** How many connections go through it. */
  readonly open: number;
  /** The same address, by way of the proxy. */
  through(url: string): string;
  set(fault: Fault): Promise<void>;
  /** Ends every connection as a crashed machine would, with a TCP reset. */
  reset(): void;
};

/** A TCP link on loopback that can be made to fail in the ways that networks do. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const { hostname, port: upstreamPort } = new URL(upstream);
  const pairs = new Set<Pair>();
  let fault: Fault = "pass";
  const server = createServer((near) => {
    if (fault === "hang-up") {
      near.end();
      return;
    }
    const pair = { near, far: connect(Number(upstreamPort), hostname) };
    pairs.add(pair);
    join(pair, { fault: () => fault, onClose: () => pairs.delete(pair) });
  });
  const listen = (port: number) => once(server.listen(port, "127.0.0.1"), "listening");
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const reset = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  return {
    port,
    get open() {
      return pairs.size;
    },
    through(url) {
      const address = new URL(url);
      address.host = `127.0.0.1:${port}`;
      return address.href;
    },
    async set(next) {
      fault = next;
      for (const { near, far } of pairs) hold(next === "freeze", near, far);
      if (next === "refuse" && server.listening) server.close();
      if (next !== "refuse" && !server.listening) await listen(port);
    },
    reset,
    async [Symbol.asyncDispose]() {
      if (server.listening) server.close();
      reset();
    },
  };
}

type Pair = { near: Socket; far: Socket };

function join(pair: Pair, link: { fault: () => Fault; onClose: () => void }): void {
  const { near, far } = pair;
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.on("data", (bytes) => {
      const fault = link.fault();
      const pass = () => void (to.writable && to.write(bytes));
      if (typeof fault === "object") setTimeout(pass, fault.delayMs);
      else pass();
    });
    from.on("end", () => to.end());
    from.on("error", () => to.destroy());
    from.on("close", () => {
      to.destroy();
      link.onClose();
    });
  }
  hold(link.fault() === "freeze", near, far);
}

function hold(held: boolean, ...sockets: Socket[]): void {
  for (const socket of sockets) {
    if (held) socket.pause();
    else socket.resume();
  }
}
