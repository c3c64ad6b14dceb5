import type { AddressInfo } from "node:net";
import type { Express } from "express";

/** Serves on a free port and says where, in the words that whoever started it waits for. */
export function listen(app: Express): void {
  const server = app.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    console.log(JSON.stringify({ msg: "listening", url: `http://127.0.0.1:${port}` }));
  });
}
