import { Email } from "@tsudoi/shared/accounts.ts";

/** The addresses in what somebody pasted: one to a line, or as mail programs write them. */
export function addressesIn(text: string): { emails: string[]; wrong: string[] } {
  const parts = text
    .split(/[\s,;、，；]+/u)
    .map((part) => part.replace(/^<|>$/g, ""))
    .filter((part) => part !== "");
  const read = parts.map((part) => ({ part, email: Email.safeParse(part).data }));
  // A name before its address is no address, and none is meant.
  const isMailProgram = /<[^<>\s]+@[^<>\s]+>/.test(text);
  return {
    emails: [...new Set(read.flatMap(({ email }) => email ?? []))],
    wrong: read
      .filter(({ part, email }) => email === undefined && (!isMailProgram || part.includes("@")))
      .map(({ part }) => part),
  };
}
