import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * `pass` lets everything through, `delay` later; `freeze` holds every byte back, as a cut cable does, until `pass`.
 * New connections are turned away by the port itself (`refuse`) or after they were accepted (`hang-up`).
 */
export type Fault = "pass" | "freeze" | "refuse" | "hang-up" | { delayMs: number };

export type Sender = "client" | "server";

export type FaultProxy = AsyncDisposable & {
  readonly port: number;
  /** The same address, by way of the proxy. */
  through(url: string): string;
  set(fault: Fault): Promise<void>;
  /** The next bytes that a client or the server sends are lost, and their connection with them. */
  cutNext(sender: Sender): void;
  /** Ends every connection as a crashed machine would, with a TCP reset. */
  reset(): void;
};

/** A TCP link on loopback that can be made to fail in the ways that networks do. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const { hostname, port: upstreamPort } = new URL(upstream);
  const pairs = new Set<Pair>();
  let fault: Fault = "pass";
  let cut: Sender | undefined;
  const server = createServer((near) => {
    if (fault === "hang-up") {
      near.end();
      return;
    }
    const pair = { near, far: connect(Number(upstreamPort), hostname) };
    pairs.add(pair);
    join(pair, {
      onClose: () => pairs.delete(pair),
      carry: (sender, pass) => {
        if (cut === sender) {
          cut = undefined;
          crash(pair);
        } else if (typeof fault === "object") setTimeout(pass, fault.delayMs);
        else pass();
      },
    });
    hold(fault === "freeze", near, pair.far);
  });
  const listen = (port: number) => once(server.listen(port, "127.0.0.1"), "listening");
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const reset = () => {
    for (const pair of pairs) crash(pair);
  };
  return {
    port,
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
    cutNext(sender) {
      cut = sender;
    },
    reset,
    async [Symbol.asyncDispose]() {
      if (server.listening) server.close();
      reset();
    },
  };
}

type Pair = { near: Socket; far: Socket };
type Link = { carry: (sender: Sender, pass: () => void) => void; onClose: () => void };

function join({ near, far }: Pair, link: Link): void {
  for (const [sender, from, to] of [
    ["client", near, far],
    ["server", far, near],
  ] as const) {
    from.on("data", (bytes) => link.carry(sender, () => void (to.writable && to.write(bytes))));
    from.on("end", () => to.end());
    from.on("error", () => to.destroy());
    from.on("close", () => {
      to.destroy();
      link.onClose();
    });
  }
}

function crash({ near, far }: Pair): void {
  near.resetAndDestroy();
  far.destroy();
}

function hold(held: boolean, ...sockets: Socket[]): void {
  for (const socket of sockets) {
    if (held) socket.pause();
    else socket.resume();
  }
}
