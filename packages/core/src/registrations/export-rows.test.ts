import type { Question } from "@tsudoi/shared/questions.ts";
import { REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { LOCALES } from "@tsudoi/shared/text.ts";
import { describe, expect, test } from "vitest";
import { type ExportedEvent, type ExportedRow, registrationTable } from "./export-rows.ts";

const QUESTIONS: Question[] = [
  aQuestion("q1", "text", { ja: "ご質問", en: "Your question" }),
  {
    ...aQuestion("q2", "choice", { ja: "弁当", en: "Lunch" }),
    options: [option("a", "肉", "Meat"), option("b", "野菜", "")],
  },
  {
    ...aQuestion("q3", "multiple", { ja: "分野", en: "" }),
    options: [option("x", "営業", "Sales"), option("y", "開発", "Engineering")],
  },
  aQuestion("q4", "number", { ja: "人数", en: "Guests" }),
  aQuestion("q5", "date", { ja: "希望日", en: "Preferred day" }),
  aQuestion("q6", "yes_no", { ja: "懇親会", en: "Dinner" }),
];

const EVENT: ExportedEvent = {
  title: { ja: "全社集会", en: "Town hall" },
  timeZone: "Asia/Tokyo",
  allocation: "first_come",
  questions: QUESTIONS,
};

const REGISTERED_AT = new Date("2026-11-20T06:00:00Z");

const ROW: ExportedRow = {
  number: 7,
  status: "waitlisted",
  familyName: "山田",
  givenName: "太郎",
  familyKana: "ヤマダ",
  givenKana: null,
  email: "taro@example.test",
  department: { ja: "営業部", en: "Sales" },
  registeredAt: REGISTERED_AT,
  position: 3,
  answers: { q1: "なし", q2: "a", q3: ["x", "y"], q4: 2, q5: "2026-12-01", q6: false },
  reason: "満席のため",
};

function aQuestion(id: string, kind: Question["kind"], label: Question["label"]): Question {
  return { id, kind, label, required: false, options: [] };
}

function option(id: string, ja: string, en: string) {
  return { id, label: { ja, en } };
}

/** The cells under the questions' headings. */
function answersOf(row: ExportedRow, locale: "ja" | "en" = "en") {
  return registrationTable(EVENT, locale).toCells(row).slice(10, 16);
}

describe("registrations/export-rows", () => {
  test("headings and words are the reader's, and so is what has one language only", () => {
    const japanese = registrationTable(EVENT, "ja");
    expect(japanese).toMatchObject({ title: "全社集会", timeZone: "Asia/Tokyo" });
    expect(japanese.columns.map(({ heading }) => heading)).toEqual([
      "受付番号",
      "状態",
      "姓",
      "名",
      "姓（フリガナ）",
      "名（フリガナ）",
      "メールアドレス",
      "部署",
      "申込日時（Asia/Tokyo）",
      "キャンセル待ちの順番",
      "ご質問",
      "弁当",
      "分野",
      "人数",
      "希望日",
      "懇親会",
      "理由",
    ]);
    expect(registrationTable(EVENT, "en").columns.map(({ heading }) => heading)).toEqual([
      "Receipt number",
      "Status",
      "Family name",
      "Given name",
      "Family name (kana)",
      "Given name (kana)",
      "E-mail",
      "Department",
      "Registered (Asia/Tokyo)",
      "Place on the waitlist",
      "Your question",
      "Lunch",
      "分野",
      "Guests",
      "Preferred day",
      "Dinner",
      "Reason",
    ]);
  });

  test("who is in a lottery waits for the draw, and for nobody's approval", () => {
    const words = (allocation: ExportedEvent["allocation"], locale: "ja" | "en") =>
      registrationTable({ ...EVENT, allocation }, locale).toCells({ ...ROW, status: "pending" })[1];
    expect([words("lottery", "ja"), words("first_come", "ja")]).toEqual(["抽選待ち", "承認待ち"]);
    expect([words("lottery", "en"), words("first_come", "en")]).toEqual([
      "Awaiting the draw",
      "Awaiting approval",
    ]);
  });

  test("a row has a cell of its kind in each column", () => {
    expect(registrationTable(EVENT, "ja").toCells(ROW)).toEqual([
      "0007",
      "キャンセル待ち",
      "山田",
      "太郎",
      "ヤマダ",
      null,
      "taro@example.test",
      "営業部",
      REGISTERED_AT,
      3,
      "なし",
      "肉",
      "営業、開発",
      2,
      { day: "2026-12-01" },
      false,
      "満席のため",
    ]);
    expect(answersOf(ROW)).toEqual([
      "なし",
      "Meat",
      "Sales, Engineering",
      2,
      { day: "2026-12-01" },
      false,
    ]);
  });

  test("what is not there is an empty cell", () => {
    const bare = {
      ...ROW,
      status: "confirmed" as const,
      department: null,
      position: null,
      answers: null,
      reason: null,
    };
    const cells = registrationTable(EVENT, "en").toCells(bare);
    expect(cells.slice(7, 10)).toEqual([null, REGISTERED_AT, null]);
    expect(cells.slice(10)).toEqual([null, null, null, null, null, null, null]);
  });

  test("an answer outlives its option and the kind of its question", () => {
    const answers = { q1: 5, q2: "gone", q3: ["y", "gone"], q4: "two", q5: "soon", q6: "a" };
    expect(answersOf({ ...ROW, answers })).toEqual([
      5,
      "gone",
      "Engineering, gone",
      "two",
      { day: "soon" },
      "a",
    ]);
  });

  test("an answer to a question that is no longer asked has no column", () => {
    const answers = { q1: "x", old: "secret" };
    expect(registrationTable(EVENT, "en").toCells({ ...ROW, answers })).not.toContain("secret");
  });

  test.each(LOCALES)("every status has a word of its own: %s", (locale) => {
    const table = registrationTable(EVENT, locale);
    const words = REGISTRATION_STATUSES.map((status) => table.toCells({ ...ROW, status })[1]);
    expect(new Set(words).size).toBe(REGISTRATION_STATUSES.length);
    expect(words).not.toContain("");
  });
});
