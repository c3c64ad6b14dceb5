import type { ReactNode } from "react";
import "./chip.css";

export type ChipTone = "neutral" | "accent" | "indigo" | "ok" | "warn" | "bad";

export function Chip({ tone = "neutral", children }: { tone?: ChipTone; children: ReactNode }) {
  return <span className={`chip ${tone}`}>{children}</span>;
}
