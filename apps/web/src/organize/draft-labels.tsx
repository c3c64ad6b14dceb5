import type { ReactNode } from "react";
import { useTexts } from "#web/texts/texts.tsx";

export function InLanguage({ label, language }: { label: string; language: string }) {
  return (
    <>
      {label} <span className="faint">({language})</span>
    </>
  );
}

export function Optional({ label }: { label: ReactNode }) {
  const { texts } = useTexts();
  return (
    <>
      {label} <span className="faint">({texts.organize.optional})</span>
    </>
  );
}
