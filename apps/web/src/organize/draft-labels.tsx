import type { ReactNode } from "react";
import { useManageTexts } from "#web/texts/manage.ts";

export function InLanguage({ label, language }: { label: string; language: string }) {
  return (
    <>
      {label} <span className="faint">({language})</span>
    </>
  );
}

export function Optional({ label }: { label: ReactNode }) {
  return (
    <>
      {label} <span className="faint">({useManageTexts().organize.optional})</span>
    </>
  );
}
