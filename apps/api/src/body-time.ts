import type { FastifyInstance } from "fastify";
import { answerUnreadable } from "./unreadable-request.ts";

/** A picture of a phone on a slow line. */
export const UPLOAD_MS = 30_000;
const BODY_MS = 10_000;
const UPLOADS = /^\/uploads\//;

/** Node bounds all requests alike, by as long as a picture may take: every other body has a bound of its own. */
export function boundBodies(server: FastifyInstance): void {
  server.addHook("onRequest", ({ raw, url }, _reply, done) => {
    if (raw.method === "POST" && !UPLOADS.test(url)) {
      const late = Object.assign(new Error("late"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
      const timer = setTimeout(() => answerUnreadable(late, raw.socket), BODY_MS);
      const stop = () => clearTimeout(timer);
      raw.once("end", stop).once("close", stop);
    }
    done();
  });
}
