import type { FieldIssue } from "@tsudoi/shared/errors.ts";
import type { ManageTexts } from "#web/texts/manage.ts";
import { type EventDraft, isTooFar, timesOf } from "./event-draft.ts";

/** The fields that a problem can be shown at. */
const DRAFT_FIELDS = [
  "titleJa",
  "titleEn",
  "descriptionJa",
  "descriptionEn",
  "date",
  "from",
  "endDate",
  "to",
  "timeZone",
  "capacity",
  "offerHours",
  "admission",
  "drawAt",
  "audience",
  "location",
  "onlineUrl",
  "registrationOpens",
  "registrationCloses",
  "cancelUntil",
  "answersUntil",
  "repeat",
] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];
export type ProblemWords = keyof ManageTexts["organize"]["problems"];
export type DraftProblems = Partial<Record<DraftField, ProblemWords>>;

/** What the API refused, at the fields that a person can correct, and why. */
export function problemsOf(draft: EventDraft, issues: readonly FieldIssue[]): DraftProblems {
  const found: DraftProblems = {};
  // What is wrong first is told, should a field have several problems.
  for (const issue of issues.toReversed()) Object.assign(found, problemAt(draft, issue));
  return found;
}

function problemAt(draft: EventDraft, { path, code }: FieldIssue): DraftProblems {
  const isLong = code === "too_big";
  switch (path) {
    case "title":
      return { titleJa: "titleNeeded", titleEn: "titleNeeded" };
    case "title.ja":
      return { titleJa: isLong ? "titleLong" : "signs" };
    case "title.en":
      return { titleEn: isLong ? "titleLong" : "signs" };
    case "description.ja":
      return { descriptionJa: isLong ? "descriptionLong" : "signs" };
    case "description.en":
      return { descriptionEn: isLong ? "descriptionLong" : "signs" };
    case "location":
      return { location: isLong ? "locationLong" : "signs" };
    case "startsAt":
      return startProblem(draft);
    case "endsAt":
      return endProblem(draft);
    case "timeZone":
    case "capacity":
    case "onlineUrl":
    case "offerHours":
      return { [path]: path };
    default:
      return ruleProblem(draft, path, code);
  }
}

/** What an event's deadlines, its draw and its repetition have to keep to. */
function ruleProblem(draft: EventDraft, path: string, code: string): DraftProblems {
  switch (path) {
    case "registrationOpensAt":
      return { registrationOpens: draft.registrationOpens === "" ? "opensNeeded" : "opensLate" };
    case "registrationClosesAt":
      // Closed by the start, it is as early as the times above are.
      return draft.registrationCloses === "" ? {} : { registrationCloses: "closesLate" };
    case "cancelUntil":
    case "answersUntil":
      return { [path]: "afterEnd" };
    case "drawAt":
      return { drawAt: drawWords(draft, code) };
    case "allocation":
      return { admission: "admissionFixed" };
    case "approval":
      return code === "pending" ? { admission: "admissionPending" } : {};
    case "departmentIds":
      return { audience: "departmentsNeeded" };
    case "rrule":
      return { repeat: code === "too_long" || code === "too_many" ? "repeatLong" : "repeatEnd" };
    default:
      return {};
  }
}

function drawWords({ drawAt }: EventDraft, code: string): ProblemWords {
  if (drawAt === "") return "drawNeeded";
  if (code === "drawn") return "drawHeld";
  return code === "past" ? "drawPast" : "drawOutside";
}

function startProblem({ date, from }: EventDraft): DraftProblems {
  if (date === "") return { date: "dateNeeded" };
  if (from === "") return { from: "fromNeeded" };
  return { date: isTooFar(date) ? "dateFar" : "dateNeeded" };
}

/** A day that is missing or too far is told at the day, and once. */
function endProblem(draft: EventDraft): DraftProblems {
  const { date, from, endDate, to } = draft;
  if (to === "") return { to: "toNeeded" };
  if (isTooFar(endDate)) return { endDate: "dateFar" };
  if (date === "" || from === "" || isTooFar(date)) return {};
  const { startsAt, endsAt } = timesOf(draft);
  if (endsAt > startsAt) return { endDate: "endFar" };
  return endDate !== "" && endDate < date ? { endDate: "endEarly" } : { to: "endEarly" };
}

const TIMES: readonly DraftField[] = ["date", "from", "endDate", "to"];

/** What is wrong with a deadline may be wrong with what it is measured by. */
const DEADLINES: readonly DraftField[] = [
  ...TIMES,
  "registrationOpens",
  "registrationCloses",
  "cancelUntil",
  "answersUntil",
  "drawAt",
];

/** What is wrong with several fields together is gone with a change of any of them. */
const TOGETHER: Partial<Record<ProblemWords, readonly DraftField[]>> = {
  titleNeeded: ["titleJa", "titleEn"],
  endEarly: TIMES,
  endFar: TIMES,
  opensLate: DEADLINES,
  closesLate: DEADLINES,
  afterEnd: DEADLINES,
  drawOutside: DEADLINES,
  admissionPending: ["admission", "capacity"],
};

/** The problems that a change of the draft leaves to be looked at. */
export function withoutChanged(problems: DraftProblems, changed: Partial<EventDraft>) {
  const left: DraftProblems = {};
  for (const field of DRAFT_FIELDS) {
    const words = problems[field];
    const isTouched = ((words && TOGETHER[words]) ?? [field]).some((one) => one in changed);
    if (words && !isTouched) left[field] = words;
  }
  return left;
}
