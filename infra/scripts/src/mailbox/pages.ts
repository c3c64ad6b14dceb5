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
    (mail) => `<tr><td><time>${escapeHtml(mail.at)}</time></td><td>${escapeHtml(mail.to)}</td>
<td><a href="${BASE}/${mail.id}">${escapeHtml(mail.subject) || "(no subject)"}</a></td></tr>`,
  );
  const query = options.to === "" ? "" : `&amp;to=${encodeURIComponent(options.to)}`;
  return page(
    "メール Mail",
    `<form action="${BASE}/"><label>宛先 To <input name="to" value="${escapeHtml(options.to)}"></label> <button>絞り込む Filter</button></form>
<table><thead><tr><th>日時 Received</th><th>宛先 To</th><th>件名 Subject</th></tr></thead>
<tbody>${rows.join("\n") || `<tr><td colspan="3">メールはまだありません。 No mail yet.</td></tr>`}</tbody></table>
${options.next === undefined ? "" : `<p><a href="${BASE}/?before=${options.next}${query}">以前のメール Older</a></p>`}`,
    { refreshSeconds: 5 },
  );
}

export function mailPage(mail: StoredMail): string {
  const parts = [
    `<p><a href="${BASE}">← メール Mail</a></p>`,
    `<h1>${escapeHtml(mail.subject)}</h1>`,
    `<dl><dt>差出人 From</dt><dd>${escapeHtml(mail.from)}</dd><dt>宛先 To</dt><dd>${escapeHtml(mail.to)}</dd>
<dt>日時 Received</dt><dd><time>${escapeHtml(mail.at)}</time></dd></dl>`,
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

/** Scripts, forms and the page's own origin are out of its reach; links open in a tab of their own. */
function frame(html: string): string {
  const content = `<base target="_blank">${html}`;
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
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "Noto Sans JP", sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem } small { font-weight: 400; opacity: .7 }
table { width: 100%; border-collapse: collapse } th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #8883; vertical-align: top }
time { font-variant-numeric: tabular-nums; white-space: nowrap } form { margin-bottom: 1rem } input { font: inherit; min-width: 18rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem } dt { opacity: .7 } dd { margin: 0 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid #8883; border-radius: .5rem }
iframe { width: 100%; height: 28rem; border: 1px solid #8883; border-radius: .5rem; background: #fff }`;

function page(title: string, body: string, options: { refreshSeconds?: number } = {}): string {
  const refresh =
    options.refreshSeconds === undefined
      ? ""
      : `<meta http-equiv="refresh" content="${options.refreshSeconds}">`;
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body>${body}</body></html>
`;
}
