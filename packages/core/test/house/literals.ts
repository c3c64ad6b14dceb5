type Literal = { key: string; text: string };

/** Comments, strings, and what opens, ends or is left open in a template, in the order of the source. */
const TOKENS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"\\\n]|\\.)*)"|`|\$\{|[{}]/g;
/** Behind these a string is a name for the program, as it is before a colon. */
const NAMES_BEFORE = /(?:===|!==|\bfrom|\bimport|\bimport\(|\bcase|\|)\s*$/;

/** What a source writes between quotes or backticks for somebody to read, each with the key it stands at. */
export function literals(source: string): Literal[] {
  const found: Literal[] = [];
  /** Each template that is open has the braces that are open in it; above the last one its text goes on. */
  const open: { from: number; braces: number }[] = [];
  let at = 0;
  const add = (text: string, index: number) => {
    if (/\p{L}/u.test(text)) found.push({ key: keyAt(source, index), text });
  };
  while (at < source.length) {
    const template = open.at(-1);
    if (template && template.braces === 0) {
      const end = endOfText(source, at);
      add(source.slice(at, end), at);
      const isClosed = source[end] === "`";
      if (isClosed) open.pop();
      else template.braces = 1;
      at = end + (isClosed ? 1 : 2);
      continue;
    }
    TOKENS.lastIndex = at;
    const token = TOKENS.exec(source);
    if (!token) break;
    at = TOKENS.lastIndex;
    const [sign, text] = token;
    if (text !== undefined && !isName(source, token.index, at)) add(text, token.index);
    else if (sign === "`") open.push({ from: at, braces: 0 });
    else if (sign.endsWith("{") && template) template.braces += 1;
    else if (sign === "}" && template) template.braces -= 1;
  }
  return found;
}

/** Where a template's text stops: at its end, or where a value goes in. */
function endOfText(source: string, from: number): number {
  const stop = /(?:[^\\`$]|\\[\s\S]|\$(?!\{))*/y;
  stop.lastIndex = from;
  stop.exec(source);
  return stop.lastIndex;
}

function isName(source: string, from: number, to: number): boolean {
  return NAMES_BEFORE.test(source.slice(0, from)) || /^(?::| \|)/.test(source.slice(to));
}

/** The keys of the objects around, outermost first, as the indentation tells them. */
function keyAt(source: string, index: number): string {
  const lines = source.slice(0, source.indexOf("\n", index) + 1 || source.length).split("\n");
  const keys: string[] = [];
  let depth = Number.POSITIVE_INFINITY;
  for (const line of lines.filter((each) => each.trim() !== "").reverse()) {
    const indent = line.length - line.trimStart().length;
    if (indent >= depth) continue;
    const key = /^\s*(?:(?:export )?const )?"?([\w.-]+)"?(?:\??:| =)/.exec(line)?.[1];
    if (key) keys.unshift(key);
    depth = indent;
    if (indent === 0) break;
  }
  return keys.join(".");
}
