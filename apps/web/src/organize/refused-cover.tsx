import { toProblem } from "#web/problems/problem.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { Notice } from "#web/ui/notice.tsx";
import type { PictureProblem } from "./fit-picture.ts";

/** What is wrong with a picture, and which one to choose instead. */
export function RefusedCover({ problem }: { problem: PictureProblem }) {
  const { covers: t } = useManageTexts();
  const { title, next } = t.refused[problem];
  return (
    <Notice key={problem} tone="warn" title={title} live>
      {next}
    </Notice>
  );
}

const PROBLEMS: readonly PictureProblem[] = [
  "unreadable",
  "too_small",
  "too_many_pixels",
  "too_big",
];

/** A refusal of the API that is about the picture, in the picture's own words. */
export function refusedAs(error: unknown): PictureProblem | undefined {
  const codes = error ? toProblem(error).issues?.map(({ code }) => code) : [];
  if (codes?.includes("unsupported_media_type")) return "unreadable";
  return PROBLEMS.find((problem) => codes?.includes(problem));
}
