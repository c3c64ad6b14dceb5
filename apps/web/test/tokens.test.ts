import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const SRC = new URL("../src/", import.meta.url);
const paths = globSync("**/*.css", { cwd: SRC });
const sheets = Object.fromEntries(
  paths.map((path) => [path, readFileSync(new URL(path, SRC), "utf8")]),
);
const tokens = sheets["ui/tokens.css"] ?? "";

const THEMES = {
  light: readTheme(/:root\s*\{([^}]*)\}/),
  dark: readTheme(/\[data-theme="dark"\]\s*\{([^}]*)\}/),
};

/** Text, and what it stands on. */
const TEXT_PAIRS: [string, string[]][] = [
  ["ink", ["paper", "surface", "sunken", "ok-soft", "warn-soft", "bad-soft", "indigo-soft"]],
  ["ink-2", ["paper", "surface", "sunken", "ok-soft", "warn-soft", "bad-soft", "indigo-soft"]],
  ["ink-3", ["paper", "surface", "sunken"]],
  ["accent", ["paper", "surface", "accent-soft"]],
  ["indigo", ["paper", "indigo-soft"]],
  ["ok", ["surface", "ok-soft"]],
  ["warn", ["surface", "warn-soft"]],
  ["bad", ["surface", "paper", "bad-soft"]],
  ["on-accent", ["accent", "accent-hover"]],
  ["paper", ["ink"]],
];

/** Borders of controls, bars and rings, and what they stand on. */
const SHAPE_PAIRS: [string, string[]][] = [
  ["line-control", ["surface", "paper", "sunken"]],
  ["accent", ["surface", "paper"]],
  ["ok", ["surface", "sunken"]],
  ["warn-fill", ["surface", "sunken"]],
  ["ink-3", ["surface", "sunken"]],
  ["bad", ["surface"]],
];

describe.each(Object.entries(THEMES))("%s", (_name, theme) => {
  test("every text is readable on what it stands on", () => {
    expect(tooWeak(theme, TEXT_PAIRS, 4.5)).toEqual([]);
  });

  test("every control can be seen", () => {
    expect(tooWeak(theme, SHAPE_PAIRS, 3)).toEqual([]);
  });

  test("a weaker ink would not pass", () => {
    expect(tooWeak({ ...theme, "ink-3": theme.line ?? "" }, TEXT_PAIRS, 4.5)).not.toEqual([]);
  });
});

test("what is pressed, chosen or filled is edged by the line of controls, not by the weaker ones", () => {
  const edged = ["pills", "choice", "field", "meter"];
  const edges = edged.map((name) => [name, edgesOf(sheets[`ui/${name}.css`] ?? "")]);
  expect(edges).toEqual(edged.map((name) => [name, ["line-control"]]));
});

test("dark has a value for every colour of light", () => {
  expect(Object.keys(THEMES.dark)).toEqual(Object.keys(THEMES.light));
});

test("no style sheet but the tokens writes a colour, a length or a duration", () => {
  const raw = Object.entries(sheets)
    .filter(([path]) => path !== "ui/tokens.css")
    .flatMap(([path, css]) => rawValues(css).map((value) => `${path}: ${value}`));
  expect(raw).toEqual([]);
});

test("a raw value is found", () => {
  expect(rawValues("a { color: #fff; margin: 3px; transition: all 200ms; top: 0; }")).toEqual([
    "#fff",
    "3px",
    "200ms",
  ]);
});

test("every token that is used exists", () => {
  const known = new Set(Array.from(tokens.matchAll(/(--[\w-]+):/g), ([, name]) => name));
  const missing = Object.entries(sheets).flatMap(([path, css]) => {
    const own = new Set(Array.from(css.matchAll(/(--[\w-]+):/g), ([, name]) => name));
    const used = Array.from(css.matchAll(/var\((--[\w-]+)/g), ([, name]) => name);
    return used
      .filter((name) => !known.has(name) && !own.has(name))
      .map((name) => `${path} ${name}`);
  });
  expect(missing).toEqual([]);
});

/** Colours by name; only what is written in hexadecimal is ink or paper. */
function readTheme(block: RegExp): Record<string, string> {
  const [, body = ""] = block.exec(tokens) ?? [];
  const found = body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g);
  return Object.fromEntries(Array.from(found, ([, name, value]) => [name ?? "", value ?? ""]));
}

/** The lines of which a sheet makes its edges. */
function edgesOf(css: string): string[] {
  const found = css.matchAll(/(?:border|box-shadow):[^;]*var\(--(line[\w-]*)\)/g);
  return [...new Set(Array.from(found, ([, name]) => name ?? ""))];
}

function tooWeak(theme: Record<string, string>, pairs: [string, string[]][], least: number) {
  return pairs.flatMap(([front, backs]) =>
    backs
      .map((back) => ({ front, back, ratio: contrast(theme[front] ?? "", theme[back] ?? "") }))
      .filter(({ ratio }) => !(ratio >= least)),
  );
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Media and container queries cannot read tokens, and a duration of nothing is no choice of taste. */
function rawValues(css: string): string[] {
  const written = css
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/@(?:media|container)[^{]*/g, "")
    .replaceAll(/\b0m?s\b/g, "");
  return (
    written.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|\b[\d.]+(?:px|rem|ms|s)\b/gi) ?? []
  );
}
