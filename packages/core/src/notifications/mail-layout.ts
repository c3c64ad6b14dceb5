import { localized } from "@tsudoi/shared/text.ts";
import { type Html, html } from "./html.ts";
import type { Action, Fact, Letter } from "./letters/letter.ts";
import { WORDS } from "./letters/words.ts";
import type { AnyFacts } from "./message-facts.ts";

/** The text part: everything the other part says, readable anywhere. */
export function letterText(facts: AnyFacts, letter: Letter): string {
  const { locale } = facts.person;
  const words = WORDS[locale];
  const colon = locale === "ja" ? "：" : ": ";
  const line = (label: string, value: string) => label + colon + value;
  return [
    letter.heading,
    "",
    words.greeting(facts.person),
    "",
    ...letter.paragraphs.flatMap((paragraph) => [paragraph, ""]),
    ...(letter.quote === undefined
      ? []
      : [line(letter.quote.label, "").trimEnd(), ...quoted(letter.quote.text), ""]),
    ...letter.facts.flatMap(({ label, value, readersTime, before }) => [
      line(label, value),
      ...(readersTime === undefined ? [] : [`  ${readersTime}`]),
      ...(before === undefined ? [] : [`  ${line(words.before, before)}`]),
    ]),
    "",
    ...letter.actions.flatMap(({ label, url }) => [`${line(label, "").trimEnd()}`, url, ""]),
    words.closing,
    localized(facts.organization, locale).text,
    "",
  ].join("\n");
}

/** Whoever wrote these lines, nobody takes them for ours. */
function quoted(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map((part) => `> ${part}`.trimEnd());
}

const FONT =
  "-apple-system, 'Segoe UI', Inter, 'Hiragino Sans', 'Noto Sans JP', 'Yu Gothic UI', Meiryo, sans-serif";

/** Tables and inline styles, because that is what mail programs understand; colours for light and dark. */
export function letterHtml(facts: AnyFacts, letter: Letter): string {
  const { locale } = facts.person;
  const words = WORDS[locale];
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${letter.heading}</title>
<style>${COLOURS}</style>
</head>
<body class="paper" style="margin:0;background:#fbfaf7;color:#1d1b19;font-family:${FONT};font-size:16px;line-height:1.65">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="card" style="max-width:560px;background:#ffffff;border:1px solid #e4e0d8;border-radius:16px;overflow:hidden">
<tr><td class="stub" style="background:#b5341c;color:#ffffff;padding:20px 28px">
<div style="font-size:13px;font-weight:600">${localized(facts.organization, locale).text}</div>
<h1 style="margin:4px 0 0;font-size:20px;line-height:1.35">${letter.heading}</h1>
</td></tr>
<tr><td style="padding:24px 28px">
<p style="margin:0 0 16px">${words.greeting(facts.person)}</p>
${letter.paragraphs.map((paragraph) => html`<p style="margin:0 0 16px">${paragraph}</p>`)}
${letter.quote === undefined ? "" : quoteBox(letter.quote)}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:8px 0 16px">${letter.facts.map((each) => factRow(each, words.before))}</table>
${letter.actions.map(actionRow)}
<p class="quiet" style="margin:20px 0 0;font-size:13px;color:#57524b">${words.closing}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>`.html;
}

function quoteBox(quote: { label: string; text: string }): Html {
  return html`<div class="quote" style="margin:0 0 16px;padding:12px 16px;border-left:3px solid #b5341c;background:#fbfaf7;border-radius:8px"><div class="quiet" style="font-size:13px;color:#57524b">${quote.label}</div><div style="white-space:pre-line;word-break:break-word">${quote.text}</div></div>`;
}

function factRow({ label, value, readersTime, before }: Fact, beforeLabel: string): Html {
  const aside = (text: string | Html) =>
    html`<div class="quiet" style="font-size:14px;font-weight:400;color:#57524b">${text}</div>`;
  const theirs = readersTime === undefined ? "" : aside(readersTime);
  const was = before === undefined ? "" : aside(html`${beforeLabel} <s>${before}</s>`);
  return html`<tr><td class="quiet" style="padding:6px 16px 6px 0;color:#57524b;font-size:14px;white-space:nowrap;vertical-align:top">${label}</td><td style="padding:6px 0;font-weight:600;word-break:break-word">${value}${theirs}${was}</td></tr>`;
}

/** One button for what most will want; what else there is stands below it, quieter. */
function actionRow({ label, url }: Action, index: number): Html {
  return index === 0
    ? html`<div style="margin:0 0 12px"><a href="${url}" class="action" style="display:inline-block;background:#b5341c;color:#ffffff;text-decoration:none;font-weight:600;padding:12px 22px;border-radius:10px">${label}</a></div>
`
    : html`<div style="margin:0 0 8px"><a href="${url}" class="link" style="display:inline-block;padding:6px 0;color:#b5341c;font-weight:600;text-decoration:underline">${label}</a></div>
`;
}

/** Every colour has its background beside it, in both schemes: nothing is left to what a program assumes. */
const COLOURS: Html = {
  html: `:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
.paper { background: #151413 !important; color: #f3efe8 !important; }
.card { background: #1e1c1a !important; border-color: #33302c !important; }
.stub, .action { background: #f0785c !important; color: #1d0d08 !important; }
.quote { background: #151413 !important; border-color: #f0785c !important; }
.link { color: #f0785c !important; }
.quiet { color: #bdb6ab !important; }
}`,
};
