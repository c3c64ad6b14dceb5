import { createSocket } from "node:dgram";
import { once } from "node:events";

export type Names = AsyncDisposable & {
  port: number;
  /** Where every name leads from now on. */
  lead: (to: string[]) => void;
};

const HEADER_BYTES = 12;
const TYPE_A = 1;
const ANSWER_WITHOUT_ERROR = 0x8180;

/** The part of an engine's name server that the proxy needs: a service's name leads to its containers. */
export async function startNames(): Promise<Names> {
  let addresses: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (query, peer) => {
    socket.send(answer(query, addresses), peer.port, peer.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    lead: (to) => {
      addresses = to;
    },
    [Symbol.asyncDispose]: async () => void socket.close(),
  };
}

/** The question again, and one record for each address; other types than A have none. */
function answer(query: Buffer, addresses: string[]): Buffer {
  let end = HEADER_BYTES;
  while (query.readUInt8(end) !== 0) end += query.readUInt8(end) + 1;
  const type = query.readUInt16BE(end + 1);
  const head = Buffer.from(query.subarray(0, end + 5));
  const found = type === TYPE_A ? addresses : [];
  head.writeUInt16BE(ANSWER_WITHOUT_ERROR, 2);
  head.writeUInt16BE(found.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...found.map(record)]);
}

/** The question's name, type A, class IN, no time to live, four bytes. */
function record(address: string): Buffer {
  const fixed = [0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4];
  return Buffer.from([...fixed, ...address.split(".").map(Number)]);
}
