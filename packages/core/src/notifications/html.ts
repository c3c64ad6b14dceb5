const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup that is already safe. */
export type Html = { html: string };

/** Markup in which every placeholder is data: text is escaped, only other markup of ours is not. */
export function html(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const parts = strings.map((text, index) => {
    const value = values[index];
    return value === undefined ? text : text + render(value);
  });
  return { html: parts.join("") };
}

function render(value: string | Html | Html[]): string {
  if (typeof value === "string") return value.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  return Array.isArray(value) ? value.map((each) => each.html).join("") : value.html;
}
