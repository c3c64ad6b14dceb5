import type { Socket } from "node:net";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { type Address, openSocket } from "./socket.ts";
import { VALUE_TYPES } from "./values.ts";

const CONNECT_TIMEOUT_SECONDS = 1;
const RECONNECT_DELAY_SECONDS = 0.1;
const END_TIMEOUT_SECONDS = 5;

export type ConnectionOptions = {
  url: string;
  /** The server's settings for every session, such as `statement_timeout`. */
  session: Record<string, string>;
  /** How long an answer may take, also from a server that can no longer be reached; 0 is for ever. */
  answerMs: number;
  onOpen: () => void;
};

/** An open transaction or savepoint on a connection. */
export type Inner = {
  run: <Result>(send: (sql: TransactionSql) => Promise<Result>) => Promise<Result>;
  savepoint: <Result>(work: (inner: Inner) => Promise<Result>) => Promise<Result>;
};

type Open<Result> = (body: (sql: TransactionSql) => Promise<Result>) => Promise<unknown>;

/**
 * One connection with a driver of its own, so that nothing of one caller can end up on another's.
 * Whatever is asked of it ends: a server that does not answer costs the caller `answerMs`, and the connection.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #link: Link;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#link = createLink(options);
  }

  run<Result>(send: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.#guard(() => send(this.#link.sql));
  }

  begin<Result>(work: (inner: Inner) => Promise<Result>): Promise<Result> {
    return this.#around((body) => this.#link.sql.begin(body), work);
  }

  end(): Promise<void> {
    return this.#link.sql.end({ timeout: END_TIMEOUT_SECONDS });
  }

  /** Guards what the driver itself says around the work: begin and commit, savepoint and rollback. */
  async #around<Result>(
    open: Open<Result>,
    work: (inner: Inner) => Promise<Result>,
  ): Promise<Result> {
    let answered = this.#expectAnswer();
    let over = false;
    try {
      const result = await open(async (sql) => {
        answered();
        try {
          return await work(this.#inner(sql));
        } finally {
          // The driver gives up a lost connection before the work on it has noticed.
          if (!over) answered = this.#expectAnswer();
        }
      });
      // Typed as if it also unwrapped arrays of promises.
      return result as Result;
    } finally {
      over = true;
      answered();
    }
  }

  #inner(sql: TransactionSql): Inner {
    return {
      run: (send) => this.#guard(() => send(sql)),
      savepoint: (work) => this.#around((body) => sql.savepoint(body), work),
    };
  }

  async #guard<Result>(work: () => Promise<Result>): Promise<Result> {
    const answered = this.#expectAnswer();
    try {
      return await work();
    } finally {
      answered();
    }
  }

  /** Gives the connection up unless the returned function is called in time. */
  #expectAnswer(): () => void {
    if (this.#options.answerMs === 0) return noop;
    const link = this.#link;
    const timer = setTimeout(() => this.#replace(link), this.#options.answerMs);
    return () => clearTimeout(timer);
  }

  #replace(link: Link): void {
    link.cut();
    if (this.#link === link) this.#link = createLink(this.#options);
  }
}

type Link = {
  sql: Sql;
  /** Everything it still had to do is rejected, and it never connects again. */
  cut: () => void;
};

function createLink({ url, session, onOpen }: ConnectionOptions): Link {
  let socket: Socket | undefined;
  let turn = 0;
  let isCut = false;
  const settings = {
    ...DRIVER_OPTIONS,
    connection: session,
    socket: (address: Address) => {
      socket = openSocket(address, turn++);
      socket.once("connect", onOpen);
      if (isCut) socket.destroy();
      return socket;
    },
  };
  const sql = postgres(url, settings);
  return {
    sql,
    cut() {
      isCut = true;
      void sql.end({ timeout: 0 });
      socket?.destroy();
    },
  };
}

const DRIVER_OPTIONS = {
  max: 1,
  types: VALUE_TYPES,
  // The types we use are known, and a connection that dies while it asks for them would end the process.
  fetch_types: false,
  connect_timeout: CONNECT_TIMEOUT_SECONDS,
  backoff: () => RECONNECT_DELAY_SECONDS,
  onnotice: noop,
};

function noop(): void {}
