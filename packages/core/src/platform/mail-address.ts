export type MailAddress = { name: string; email: string };

/** `Tsudoi <events@example.com>`, or the address alone. */
export function parseMailAddress(text: string): MailAddress {
  const [, name = "", email = text] = /^(.*)<([^<>]+)>$/.exec(text) ?? [];
  return { name: name.trim() || "Tsudoi", email: email.trim() };
}
