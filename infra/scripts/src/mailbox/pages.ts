import { CALENDAR, type MailAttachment, type MailSummary, type StoredMail } from "./store.ts";

export const BASE = "/dev/mail";

/** Nothing on these pages runs, and nothing is fetched: a mail can only be looked at. */
export const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'";

export function listPage(
  mails: MailSummary[],
  options: { to: string; next: string | undefined },
): string {
  const rows = mails.map(
    (mail) => `<tr><td>${timeOf(mail)}</td><td class="address">${escapeHtml(mail.to)}</td>
<td class="subject"><a href="${BASE}/${mail.id}">${escapeHtml(mail.subject) || "(no subject)"}</a></td></tr>`,
  );
  const query = options.to === "" ? "" : `&amp;to=${encodeURIComponent(options.to)}`;
  return page(
    "メール Mail",
    `<h1>メール Mail</h1>
<form action="${BASE}/"><label>宛先 To <input name="to" value="${escapeHtml(options.to)}"></label> <button>絞り込む Filter</button> <a href="${BASE}/">更新 Refresh</a></form>
<table><thead><tr><th>日時 Received</th><th>宛先 To</th><th>件名 Subject</th></tr></thead>
<tbody>${rows.join("\n") || `<tr><td colspan="3">メールはまだありません。 No mail yet.</td></tr>`}</tbody></table>
${options.next === undefined ? "" : `<p><a href="${BASE}/?before=${options.next}${query}">以前のメール Older</a></p>`}`,
  );
}

export function mailPage(mail: StoredMail): string {
  const parts = [
    `<p><a href="${BASE}">← メール Mail</a></p>`,
    `<h1>${escapeHtml(mail.subject)}</h1>`,
    `<dl><dt>差出人 From</dt><dd>${escapeHtml(mail.from)}</dd><dt>宛先 To</dt><dd>${escapeHtml(mail.to)}</dd>
<dt>日時 Received</dt><dd>${timeOf(mail)}</dd></dl>`,
    mail.html === undefined ? "" : frame(mail.html),
    `<h2>テキスト Text</h2><pre>${linked(mail.text)}</pre>`,
    ...mail.attachments.map((attachment, index) => attachmentPart(mail.id, attachment, index)),
    `<p><a href="${BASE}/${mail.id}/raw">原文 Raw message</a></p>`,
  ];
  return page(mail.subject, parts.join("\n"));
}

export function missingPage(): string {
  return page(
    "404",
    `<p>このメールはもうありません。 This mail is no longer here.</p><p><a href="${BASE}">メール Mail</a></p>`,
  );
}

/** In the zone of the machine, which is the reader's: no script may ask the browser. */
function timeOf({ at }: MailSummary): string {
  return `<time datetime="${escapeHtml(at)}">${escapeHtml(localTime.format(new Date(at)))}</time>`;
}

const localTime = new Intl.DateTimeFormat("sv-SE", {
  ...{ year: "numeric", month: "2-digit", day: "2-digit" },
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  timeZoneName: "shortOffset",
});

/** Scripts, forms and the page's own origin are out of its reach; links open in a tab of their own. */
function frame(html: string): string {
  // In front of a doctype it would make the browser read the page by old rules.
  const base = '<base target="_blank">';
  const content = /<head>/i.test(html) ? html.replace(/<head>/i, `$&${base}`) : base + html;
  return `<h2>HTML</h2>
<iframe title="HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escapeHtml(content)}"></iframe>`;
}

function attachmentPart(id: string, attachment: MailAttachment, index: number): string {
  const link = `<a href="${BASE}/${id}/parts/${index}" download>${escapeHtml(attachment.name)}</a>`;
  const shown = CALENDAR.has(attachment.mimeType)
    ? `<pre>${escapeHtml(attachment.content.toString("utf8"))}</pre>`
    : "";
  return `<h2>${link} <small>${escapeHtml(attachment.mimeType)}, ${attachment.content.length} B</small></h2>${shown}`;
}

function linked(text: string): string {
  return escapeHtml(text).replace(
    /https?:\/\/[^\s&<>"']+(?:&amp;[^\s&<>"']+)*/g,
    (url) => `<a href="${url}" target="_blank" rel="noopener noreferrer">${url}</a>`,
  );
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --surface: #fff; --line: #e4e0d8; --ink: #1d1b19; --ink-2: #57524b; --accent: #b5341c; }
@media (prefers-color-scheme: dark) { :root { --paper: #151413; --surface: #1e1c1a; --line: #33302c; --ink: #f3efe8; --ink-2: #bdb6ab; --accent: #f0785c; } }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 400 .9375rem/1.65 "Inter Variable", Inter, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif; font-variant-numeric: tabular-nums }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 1.25rem } h2 { font-size: .9375rem; margin: 2rem 0 .5rem }
small, dt, th { font-weight: 400; font-size: .8125rem; color: var(--ink-2) } a { color: var(--accent); text-underline-offset: .2em }
table, pre, iframe { background: var(--surface); border: 1px solid var(--line); border-radius: 10px }
table { width: 100%; border-spacing: 0 } th, td { text-align: left; padding: .625rem 1rem; vertical-align: top } tr + tr td, tbody td { border-top: 1px solid var(--line) }
time { white-space: nowrap } form { margin-bottom: 1rem } dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; align-items: baseline } dd { margin: 0 }
input, button { font: inherit; min-height: 2.25rem; padding: 0 .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--surface); color: inherit } input { min-width: 18rem }
.address, .subject, h1, dd { overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; margin: 0 } iframe { width: 100%; height: 40rem; background: #fff }
@media (max-width: 640px) {
  body { padding: 1rem 1rem 3rem } input { min-width: 0; width: 100%; box-sizing: border-box } button { margin: .5rem .5rem 0 0 }
  thead { display: none } tr, td { display: block } td { padding: 0 1rem } tr { padding: .625rem 0 } tbody td { border: 0 } tr + tr { border-top: 1px solid var(--line) }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0 } dd { margin-bottom: .5rem }
  iframe { width: 100vw; height: 64rem; margin: 0 -1rem; border-width: 1px 0; border-radius: 0 }
}`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>
`;
}
