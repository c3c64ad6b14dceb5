import { formatDate } from "@tsudoi/shared/dates.ts";
import type { Answer, Answers, Question } from "@tsudoi/shared/questions.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { useTexts, Written } from "#web/texts/texts.tsx";

/** One answer in the reader's words. */
export function GivenAnswer({ question, answers }: { question: Question; answers: Answers }) {
  const { texts } = useTexts();
  const answer = new Map(Object.entries(answers)).get(question.id);
  if (answer === undefined) return <span className="faint">{texts.questions.unanswered}</span>;
  return <Said question={question} answer={answer} />;
}

function Said({ question, answer }: { question: Question; answer: Answer }) {
  const { locale, texts } = useTexts();
  if (typeof answer === "boolean") return answer ? texts.questions.yes : texts.questions.no;
  if (typeof answer === "number") return new Intl.NumberFormat(locale).format(answer);
  if (question.kind === "date" && typeof answer === "string") {
    return formatDate(`${answer}T00:00:00Z`, { timeZone: "UTC", locale });
  }
  if (question.kind === "text" && typeof answer === "string") return <Written text={answer} />;
  const chosen = question.options.filter(({ id }) =>
    Array.isArray(answer) ? answer.includes(id) : id === answer,
  );
  return chosen
    .map(({ label }) => localized(label, locale).text)
    .join(locale === "ja" ? "、" : ", ");
}
