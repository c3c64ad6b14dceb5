import {
  canDecide,
  hasOptions,
  MIN_OPTIONS,
  type Question,
  type QuestionKind,
} from "@tsudoi/shared/questions.ts";

type Option = Question["options"][number];
type ShowIf = NonNullable<Question["showIf"]>;

const KEY_LENGTH = 8;
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Never given twice, so that answers to what was deleted are never taken for answers to something new. */
function newKey(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(KEY_LENGTH));
  return Array.from(drawn, (value) => LETTERS[value % LETTERS.length]).join("");
}

export function newQuestion(): Question {
  const label = { ja: "", en: "" };
  return { id: newKey(), kind: "text", label, required: false, options: [] };
}

export function newOption(): Option {
  return { id: newKey(), label: { ja: "", en: "" } };
}

/** The question with another kind of answer; `spare` are options it had when it last had some. */
export function withKind(question: Question, kind: QuestionKind, spare: Option[]): Question {
  if (!hasOptions(kind)) return { ...question, kind, options: [] };
  if (hasOptions(question.kind)) return { ...question, kind };
  const options = spare.length > 0 ? spare : Array.from({ length: MIN_OPTIONS }, newOption);
  return { ...question, kind, options };
}

export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? rest : rest.toSpliced(to, 0, item);
}

/** The questions before one on which it may depend. */
export function decidersBefore(questions: readonly Question[], index: number): Question[] {
  return questions.slice(0, index).filter(({ kind }) => canDecide(kind));
}

/** A condition as a list of the browser's own holds it, and back. */
export function conditionOn(decider: Question, value?: string): ShowIf {
  const questionId = decider.id;
  if (decider.kind === "yes_no") return { questionId, equals: value !== "no" };
  return { questionId, equals: value ?? decider.options[0]?.id ?? "" };
}

export function answerOf({ equals }: ShowIf): string {
  if (typeof equals === "string") return equals;
  return equals ? "yes" : "no";
}
