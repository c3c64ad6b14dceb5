import { DomainError } from "@tsudoi/shared/errors.ts";
import { HTTP_METHODS, HTTP_ROUTES, OTHER } from "@tsudoi/telemetry/names.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { toErrorShape, WIRE } from "./errors.ts";
import { STREAM_OPENED } from "./event-stream.ts";
import type { ServerOptions } from "./server.ts";

/** Far above what a healthy process holds; beyond it, answering "come back" is all that helps. */
const MAX_IN_FLIGHT = 5_000;
/** How late the event loop may be before new calls only make everybody wait longer. */
const MAX_QUEUE_MS = 2_000;
const TICK_MS = 250;
const RETRY_AFTER_MS = 1_000;

const HEALTH = new Set(["/livez", "/readyz", "/startupz"]);

/** Counts and times requests by route template, and refuses those that could only wait in vain. */
export function measureHttp(server: FastifyInstance, { platform, health }: ServerOptions): void {
  const { metrics } = platform;
  const lateness = watchLateness(server);
  const streams = new WeakSet<FastifyReply["raw"]>();
  let inFlight = 0;
  const observe = (request: FastifyRequest, reply: FastifyReply) =>
    metrics.httpServerRequestDurationSeconds.observe(
      {
        method: HTTP_METHODS.find((method) => method === request.method) ?? OTHER,
        route: routeOf(request),
        status_class: `${Math.floor(reply.statusCode / 100) as 2 | 3 | 4 | 5}xx`,
      },
      reply.elapsedTime / 1_000,
    );
  server.addHook("onRequest", (request, reply, done) => {
    inFlight += 1;
    metrics.httpServerActiveRequests.set(inFlight);
    let isInFlight = true;
    const leave = () => {
      if (!isInFlight) return;
      isInFlight = false;
      inFlight -= 1;
      metrics.httpServerActiveRequests.set(inFlight);
    };
    // The one event that always comes, also when the client goes away before its answer.
    reply.raw.once("close", leave);
    // From here on it waits for what happens, and holds nobody up.
    reply.raw.once(STREAM_OPENED, () => {
      leave();
      observe(request, reply);
      streams.add(reply.raw);
    });
    if (!request.url.startsWith("/trpc/")) return done();
    const reason = overload({ inFlight, lateness: lateness() });
    if (reason === undefined) return done();
    metrics.httpServerShedTotal.inc({ reason });
    refuse(request, reply);
  });
  server.addHook("onSend", async (_request, reply) => {
    // A client that keeps its connection would otherwise never learn that this process is leaving.
    if (health.isDraining()) reply.header("connection", "close");
  });
  server.addHook("onResponse", (request, reply, done) => {
    if (!streams.has(reply.raw)) observe(request, reply);
    done();
  });
}

function overload(state: { inFlight: number; lateness: number }) {
  if (state.inFlight > MAX_IN_FLIGHT) return "in_flight";
  return state.lateness > MAX_QUEUE_MS ? "queue_time" : undefined;
}

function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toErrorShape(new DomainError("OVERLOADED", { retryAfterMs: RETRY_AFTER_MS }), {
    requestId: request.id,
  });
  return reply.status(WIRE.OVERLOADED.status).header("retry-after", "1").send({ error });
}

function routeOf(request: FastifyRequest): (typeof HTTP_ROUTES)[number] {
  const url = request.routeOptions.url ?? "";
  if (HEALTH.has(url)) return "health";
  return HTTP_ROUTES.find((route) => route === url) ?? (url === "" ? OTHER : "spa");
}

/** A timer that fires late has waited as long as a request does before its first line runs. */
function watchLateness(server: FastifyInstance): () => number {
  let dueAt = performance.now() + TICK_MS;
  const timer = setInterval(() => {
    dueAt = performance.now() + TICK_MS;
  }, TICK_MS);
  timer.unref();
  server.addHook("onClose", async () => clearInterval(timer));
  return () => Math.max(0, performance.now() - dueAt);
}
