import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { QuestionBuilder } from "#web/questions/question-builder.tsx";
import type { QuestionProblems } from "#web/questions/question-problems.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Optional } from "./draft-labels.tsx";
import type { SectionProps } from "./event-form.tsx";
import "#web/ui/card.css";
import "./draft-questions.css";

type Props = SectionProps & { problems: QuestionProblems };

/** Folded away: most events ask nothing. What is wrong in it opens it. */
export function QuestionsSection({ draft, change, problems }: Props) {
  const { texts } = useTexts();
  const t = texts.questions.builder;
  const [isOpen, setOpen] = useState(draft.questions.length > 0);
  return (
    <details
      className="form-section draft-questions card"
      open={isOpen || problems.size > 0}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <h2>
          <Optional label={t.title} />
        </h2>
        <ChevronDown aria-hidden="true" />
        <p className="faint">{t.lead}</p>
      </summary>
      <QuestionBuilder
        value={draft.questions}
        onChange={(questions) => change({ questions })}
        issues={problems}
      />
    </details>
  );
}
