import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A connection that broke before the answer was complete. */
export const BROKEN = 0;

type Reading = { status: number; left: number };

const HEAD_END = "\r\n\r\n";
const STATUS = /^HTTP\/1\.1 (\d{3})/;
const LENGTH = /\r\ncontent-length: *(\d+)/i;

/**
 * One kept connection that carries one call at a time. It reads no more of an answer than its status and where
 * it ends, so that on the same cores the load costs a fraction of what serving it does.
 */
export class Line {
  readonly #socket: Socket;
  #onAnswer: ((status: number) => void) | undefined;
  #head = "";
  #reading: Reading | undefined;
  /** Received so far. */
  bytes = 0;

  static async open(port: number): Promise<Line> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    return new Line(socket);
  }

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#read(chunk));
    socket.on("error", () => {});
    socket.on("close", () => this.#answer(BROKEN));
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  exchange(request: string, onAnswer: (status: number) => void): void {
    this.#onAnswer = onAnswer;
    this.#socket.write(request, "latin1");
  }

  close(): void {
    this.#onAnswer = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.#reading !== undefined) {
      this.#reading.left -= chunk.length;
    } else {
      this.#head += chunk.toString("latin1");
      this.#reading = readHead(this.#head);
    }
    if (this.#reading === undefined || this.#reading.left > 0) return;
    this.#answer(this.#reading.status);
  }

  #answer(status: number): void {
    const onAnswer = this.#onAnswer;
    this.#onAnswer = undefined;
    this.#head = "";
    this.#reading = undefined;
    onAnswer?.(status);
  }
}

/** What an answer's head says, and how many bytes are still to come; undefined while it is not complete. */
function readHead(text: string): Reading | undefined {
  const end = text.indexOf(HEAD_END);
  if (end === -1) return undefined;
  const status = Number(STATUS.exec(text)?.[1] ?? Number.NaN);
  const length = Number(LENGTH.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(status + length))
    throw new Error(`not an answer to measure: ${text.slice(0, end)}`);
  return { status, left: length - (text.length - end - HEAD_END.length) };
}
