import { basename, dirname } from "node:path";
import { sources, stringList, type Tree, toCamel } from "./tree.ts";

const CORE = "packages/core/src/";
const NAMES = "packages/telemetry/src/names.ts";
const BELOW_FEATURES = new Set(["platform", "db", "jobs"]);

/** Files of a feature that hold something else than one verb. */
const NO_VERB: Record<string, string> = {
  "queries.ts": "reads, several to a file",
  "arbiter.ts": "the one writer of an event's seats in this process",
};

export type Verb = { feature: string; name: string; path: string; text: string };

/** A file of a feature whose behaviour is asynchronous is a verb; the others are rules, texts and templates. */
export function verbs(tree: Tree): Verb[] {
  return featureFiles(tree)
    .filter((path) => !(basename(path) in NO_VERB) && asyncFunctions(tree.text(path)).length > 0)
    .map((path) => ({
      feature: basename(dirname(path)),
      name: toCamel(basename(path, ".ts")),
      path,
      text: tree.text(path),
    }));
}

export function featureFiles(tree: Tree): string[] {
  return sources(tree, CORE).filter((path) => {
    const [feature, file] = path.slice(CORE.length).split("/");
    return file !== undefined && !BELOW_FEATURES.has(feature ?? "");
  });
}

export function verbIsTheFile(tree: Tree): string[] {
  return verbs(tree).flatMap(({ path, name, text }) => {
    const exported = [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map((m) => m[1]);
    return exported.length === 1 && exported[0] === name
      ? []
      : [
          `${path} exports ${exported.join(", ")}: a verb's file exports the function ${name} alone`,
        ];
  });
}

export function verbTakesContextAndInput(tree: Tree): string[] {
  return verbs(tree).flatMap(({ path, name, text }) => {
    const head = new RegExp(`function ${name}(?:<[^(]*>)?\\(\\s*(?:ctx|tx): Context\\b`);
    return head.test(text) ? [] : [`${path}: the first parameter of ${name} is ctx: Context`];
  });
}

export function verbStatesItsGuarantee(tree: Tree): string[] {
  return verbs(tree).flatMap(({ path, name, text }) =>
    new RegExp(`\\*/\\nexport (?:async )?function ${name}\\b`).test(text)
      ? []
      : [`${path}: one JSDoc sentence above ${name} says what it guarantees`],
  );
}

/** What a caller can reach is tried on a real database, beside the verb. */
export function verbHasItsTest(tree: Tree): string[] {
  const reachable = new Set(tree.has(NAMES) ? stringList(tree.text(NAMES), "PROCEDURES") : []);
  return verbs(tree)
    .filter(({ feature, name }) => reachable.has(`${feature}.${name}`))
    .map(({ path }) => path.replace(/\.ts$/, ".pg.test.ts"))
    .filter((test) => !tree.has(test))
    .map((test) => `${test} is missing: a procedure's verb is tried on a real database`);
}

/** Another feature is a verb, a rule or a text; its reads and its seats are its own. */
export function featuresMeetThroughVerbs(tree: Tree): string[] {
  return featureFiles(tree).flatMap((path) => {
    const own = basename(dirname(path));
    return [...tree.text(path).matchAll(/from "#core\/([\w-]+)\/([\w-]+\.ts)"/g)].flatMap(
      ([, feature = "", file = ""]) =>
        feature !== own && !BELOW_FEATURES.has(feature) && file in NO_VERB
          ? [`${path} imports ${feature}/${file}: another feature is used through its verbs`]
          : [],
    );
  });
}

/** An audit action is the name of the verb that did it. */
export function auditActionIsTheVerb(tree: Tree): string[] {
  const known = new Set(verbs(tree).map((verb) => `${verb.feature}.${verb.name}`));
  const recording = featureFiles(tree).filter((path) => tree.text(path).includes("recordAudit("));
  return recording.flatMap((path) =>
    [...tree.text(path).matchAll(/\baction: "([^"]+)"/g)]
      .map((match) => match[1] ?? "")
      .filter((action) => !known.has(action))
      .map((action) => `${path} records ${action}, which is no verb`),
  );
}

/** A function that is async, or says that it returns a promise. */
function asyncFunctions(text: string): string[] {
  const heads = text.matchAll(/^export (async )?function (\w+)[\s\S]*?\)(?:: ([^\n]+))? \{$/gm);
  return [...heads]
    .filter(([, keyword, , type]) => keyword || type?.startsWith("Promise<"))
    .map((match) => match[2] ?? "");
}
