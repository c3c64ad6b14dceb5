import { randomBytes } from "node:crypto";
import { writeMail } from "#core/notifications/write-mail.ts";
import { createLinks } from "#core/platform/links.ts";
import type { Mail } from "#core/platform/mail.ts";
import { parseSecrets } from "#core/platform/secrets.ts";
import { type Changes, someFacts } from "./facts.ts";

export const SENDER = {
  publicUrl: "https://tsudoi.example.test",
  from: { name: "Tsudoi", email: "tsudoi@example.test" },
  links: createLinks(parseSecrets(randomBytes(32).toString("base64url"))),
  now: new Date("2026-11-20T09:00:00Z"),
};

/** The mail about facts that are still true. */
export function letterTo(changes: Changes = {}): Mail {
  const mail = writeMail(someFacts(changes), SENDER);
  if (mail === undefined) throw new Error("these facts have nothing to tell");
  return mail;
}
