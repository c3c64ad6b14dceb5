import type { Locale } from "@tsudoi/shared/text.ts";
import { type Html, html } from "./html.ts";

export type Letter = {
  locale: Locale;
  organization: string;
  /** What happened, in one line. */
  heading: string;
  greeting: string;
  paragraphs: string[];
  facts: { label: string; value: string }[];
  action: { label: string; url: string };
  closing: string;
};

/** The text part: everything the other part says, readable anywhere. */
export function letterText(letter: Letter): string {
  const facts = letter.facts.map(({ label, value }) =>
    letter.locale === "ja" ? `${label}：${value}` : `${label}: ${value}`,
  );
  return [
    letter.greeting,
    "",
    ...letter.paragraphs.flatMap((paragraph) => [paragraph, ""]),
    ...facts,
    "",
    `${letter.action.label}:`,
    letter.action.url,
    "",
    letter.closing,
    letter.organization,
    "",
  ].join("\n");
}

const FONT =
  "-apple-system, 'Segoe UI', Inter, 'Hiragino Sans', 'Noto Sans JP', 'Yu Gothic UI', Meiryo, sans-serif";

/** Tables and inline styles, because that is what mail programs understand; colours for light and dark. */
export function letterHtml(letter: Letter): string {
  return html`<!doctype html>
<html lang="${letter.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${letter.heading}</title>
<style>${DARK}</style>
</head>
<body class="paper" style="margin:0;background:#fbfaf7;color:#1d1b19;font-family:${FONT};font-size:16px;line-height:1.65">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="card" style="max-width:560px;background:#ffffff;border:1px solid #e4e0d8;border-radius:16px;overflow:hidden">
<tr><td class="stub" style="background:#b5341c;color:#ffffff;padding:20px 28px">
<div style="font-size:13px;font-weight:600">${letter.organization}</div>
<h1 style="margin:4px 0 0;font-size:22px;line-height:1.35">${letter.heading}</h1>
</td></tr>
<tr><td style="padding:24px 28px">
<p style="margin:0 0 16px">${letter.greeting}</p>
${letter.paragraphs.map((paragraph) => html`<p style="margin:0 0 16px">${paragraph}</p>`)}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:8px 0 24px">${letter.facts.map(factRow)}</table>
<a href="${letter.action.url}" class="action" style="display:inline-block;background:#b5341c;color:#ffffff;text-decoration:none;font-weight:600;padding:12px 22px;border-radius:10px">${letter.action.label}</a>
<p class="quiet" style="margin:28px 0 0;font-size:13px;color:#57524b">${letter.closing}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>`.html;
}

function factRow(fact: { label: string; value: string }): Html {
  return html`<tr><td class="quiet" style="padding:6px 16px 6px 0;color:#57524b;font-size:14px;white-space:nowrap;vertical-align:top">${fact.label}</td><td style="padding:6px 0;font-weight:600;word-break:break-word">${fact.value}</td></tr>`;
}

const DARK: Html = {
  html: `@media (prefers-color-scheme: dark) {
.paper { background: #151413 !important; color: #f3efe8 !important; }
.card { background: #1e1c1a !important; border-color: #33302c !important; }
.stub, .action { background: #f0785c !important; color: #1d0d08 !important; }
.quiet { color: #bdb6ab !important; }
}`,
};
