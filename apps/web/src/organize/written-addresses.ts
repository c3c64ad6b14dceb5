/** What looks like an address; the API has the last word, and its schema is not loaded for this. */
const ADDRESS = /^[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/;

/** The addresses in what somebody pasted: one to a line, or as mail programs write them. */
export function addressesIn(text: string): { emails: string[]; wrong: string[] } {
  const parts = text
    .split(/[\s,;、，；]+/u)
    .map((part) => part.replace(/^<|>$/g, ""))
    .filter((part) => part !== "");
  const isAddress = (part: string) => ADDRESS.test(part.toLowerCase());
  // A name before its address is no address, and none is meant.
  const isMailProgram = /<[^<>\s]+@[^<>\s]+>/.test(text);
  return {
    emails: [...new Set(parts.filter(isAddress).map((part) => part.toLowerCase()))],
    wrong: parts.filter((part) => !isAddress(part) && (!isMailProgram || part.includes("@"))),
  };
}
