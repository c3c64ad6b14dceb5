import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { toErrorShape } from "./errors.ts";

const HEADERS_TOO_LARGE = 431;
const TOO_SLOW = 408;
const BAD_REQUEST = 400;

const STATUS_OF = new Map([
  ["HPE_HEADER_OVERFLOW", HEADERS_TOO_LARGE],
  ["ERR_HTTP_REQUEST_TIMEOUT", TOO_SLOW],
]);

/** What is not HTTP, too long or too slow to be a request gets the answer that other refusals get, and no more time. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF.get(error.code ?? "") ?? BAD_REQUEST;
  const requestId = randomUUID();
  const refusal = new DomainError("VALIDATION", {
    issues: [{ path: "(request)", code: "unreadable", message: "the request could not be read" }],
  });
  const body = JSON.stringify({ error: toErrorShape(refusal, { requestId }) });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "connection: close",
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      "",
      body,
    ].join("\r\n"),
  );
}
