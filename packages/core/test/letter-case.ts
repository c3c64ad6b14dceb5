import type { Changes } from "./facts.ts";

export type LetterCase = {
  name: string;
  changes: Changes & { kind: NonNullable<Changes["kind"]> };
  template: string;
  subject: { ja: string; en: string };
  /** What the reader must learn, beyond the event and its time. */
  says: { ja: string[]; en: string[] };
  calendar?: "REQUEST" | "CANCEL";
  links?: ("offer" | "leave" | "draw" | "manage")[];
};
