import "./skeleton.css";

type Props = { label: string; rows?: number; shape?: "card" | "text"; isLate?: boolean };

/** Holds the place of what is on its way; it shows only when the answer takes a while, or is late by now. */
export function Skeleton({ label, rows = 1, shape = "text", isLate = false }: Props) {
  return (
    <div className={isLate ? "skeleton late" : "skeleton"} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <i key={row} className={shape} />
      ))}
    </div>
  );
}
