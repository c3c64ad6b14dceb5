import type { FastifyInstance } from "fastify";

const MAILBOX_MS = 3_000;

/** Shows the embedded mail server's mailbox; the setting exists on embedded services only. */
export function addDevMailbox(server: FastifyInstance, mailboxUrl: string): void {
  server.get("/dev/mail", (_request, reply) => reply.redirect("/dev/mail/"));
  server.get("/dev/mail/*", async (request, reply) => {
    const target = new URL(request.url.slice("/dev/mail".length), mailboxUrl);
    if (target.origin !== new URL(mailboxUrl).origin)
      return reply.status(400).send("not a page of the mailbox");
    const answer = await fetch(target, {
      signal: AbortSignal.timeout(MAILBOX_MS),
      redirect: "manual",
    });
    for (const name of ["content-type", "content-security-policy", "content-disposition"]) {
      const value = answer.headers.get(name);
      if (value !== null) reply.header(name, value);
    }
    return reply.status(answer.status).send(Buffer.from(await answer.arrayBuffer()));
  });
}
