import type { Allocation } from "@tsudoi/shared/events.ts";
import type { Answers, Question } from "@tsudoi/shared/questions.ts";
import {
  type RegistrationStatus,
  receiptNumber,
  standingOf,
} from "@tsudoi/shared/registrations.ts";
import { type Locale, type Localized, localized } from "@tsudoi/shared/text.ts";
import type { Cell, Column, Table } from "#core/platform/table.ts";
import { EXPORT_WORDS } from "./export-words.ts";

export type ExportedEvent = {
  title: Localized;
  timeZone: string;
  allocation: Allocation;
  questions: Question[];
};

export type ExportedRow = {
  number: number;
  status: RegistrationStatus;
  familyName: string;
  givenName: string;
  familyKana: string | null;
  givenKana: string | null;
  email: string;
  /** At the time of registration. */
  department: Localized | null;
  registeredAt: Date;
  /** Place on the waitlist, from 1. */
  position: number | null;
  answers: Answers | null;
  reason: string | null;
};

export type RegistrationTable = Table & { toCells: (row: ExportedRow) => Cell[] };

type ExportColumn = Column & { cell: (row: ExportedRow) => Cell };

/** An event's registrations as a table in the reader's language: who, how it stands, and an answer to each question. */
export function registrationTable(event: ExportedEvent, locale: Locale): RegistrationTable {
  const columns = [
    ...personColumns(event, locale),
    ...event.questions.map((question) => questionColumn(question, locale)),
    column(EXPORT_WORDS[locale].reason, 30, ({ reason }) => reason),
  ];
  return {
    title: localized(event.title, locale).text,
    timeZone: event.timeZone,
    columns,
    toCells: (row) => columns.map(({ cell }) => cell(row)),
  };
}

function personColumns({ timeZone, allocation }: ExportedEvent, locale: Locale): ExportColumn[] {
  const words = EXPORT_WORDS[locale];
  return [
    column(words.number, 10, ({ number }) => receiptNumber(number)),
    column(words.status, 16, ({ status }) => words.statuses[standingOf(status, allocation)]),
    column(words.familyName, 14, ({ familyName }) => familyName),
    column(words.givenName, 14, ({ givenName }) => givenName),
    column(words.familyKana, 16, ({ familyKana }) => familyKana),
    column(words.givenKana, 16, ({ givenKana }) => givenKana),
    column(words.email, 28, ({ email }) => email),
    column(words.department, 20, ({ department }) =>
      department === null ? null : localized(department, locale).text,
    ),
    column(words.registeredAt(timeZone), 20, ({ registeredAt }) => registeredAt),
    column(words.position, 10, ({ position }) => position),
  ];
}

const ANSWER_WIDTHS: Record<Question["kind"], number> = {
  text: 40,
  choice: 20,
  multiple: 30,
  number: 12,
  date: 12,
  yes_no: 10,
};

function questionColumn(question: Question, locale: Locale): ExportColumn {
  const heading = localized(question.label, locale).text;
  return column(heading, ANSWER_WIDTHS[question.kind], ({ answers }) => {
    const answer = answers?.[question.id];
    return answer === undefined ? null : answerCell(question, answer, locale);
  });
}

/** An answer from before the question changed its kind is shown as it was given. */
function answerCell(question: Question, answer: Answers[string], locale: Locale): Cell {
  const chosen = (id: string) => {
    const option = question.options.find((each) => each.id === id);
    return option === undefined ? id : localized(option.label, locale).text;
  };
  if (Array.isArray(answer)) return answer.map(chosen).join(EXPORT_WORDS[locale].and);
  if (typeof answer !== "string") return answer;
  if (question.kind === "date") return { day: answer };
  return question.kind === "choice" ? chosen(answer) : answer;
}

function column(heading: string, width: number, cell: ExportColumn["cell"]): ExportColumn {
  return { heading, width, cell };
}
