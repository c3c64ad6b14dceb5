/** A table as Markdown reads it, with columns that line up where it is read as text. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => pad(cells[column] ?? "", { width, column })).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** The first column names things, the others are figures. */
function pad(text: string, { width, column }: { width: number; column: number }): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

export function toCount(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Milliseconds; a call that was never answered has no number. */
export function toMs(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return "never";
  return value < 10 ? value.toFixed(1) : toCount(value);
}

export function toRatio(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}
