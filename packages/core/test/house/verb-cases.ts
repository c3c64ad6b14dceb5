import type { HouseCase } from "./house-case.ts";
import { CREATE, NAMES, procedureNames, verb } from "./snippets.ts";

export const VERB_CASES: HouseCase[] = [
  {
    title: "a verb's file exports the function it is named after",
    lawful: {
      [CREATE]: verb,
      "packages/core/src/events/rules.ts": "export function isOpen() {}\n",
    },
    broken: {
      "another name": { [CREATE]: verb.replace("function create", "function makeEvent") },
      "a second function": { [CREATE]: `${verb}\nexport function toRow(): void {}\n` },
      "a promise without async": {
        [CREATE]: verb.replace("async function create", "function make"),
      },
    },
  },
  {
    title: "a verb takes the context first",
    lawful: { [CREATE]: verb },
    broken: { "a database": { [CREATE]: verb.replace("ctx: Context", "db: Db") } },
  },
  {
    title: "a verb states its guarantee",
    lawful: { [CREATE]: verb },
    broken: { "no sentence": { [CREATE]: verb.replace("/** Never twice. */\n", "") } },
  },
  {
    title: "a verb has its test beside it",
    lawful: {
      [NAMES]: procedureNames("events.create"),
      [CREATE]: verb,
      "packages/core/src/events/create.pg.test.ts": "",
      "packages/core/src/events/notify.ts": verb,
    },
    broken: { "no test": { [NAMES]: procedureNames("events.create"), [CREATE]: verb } },
  },
  {
    title: "features meet through verbs",
    lawful: {
      "packages/core/src/events/queries.ts": "",
      [CREATE]:
        'import { findEvent } from "./queries.ts";\nimport { x } from "#core/audit/x.ts";\n',
    },
    broken: {
      "another feature's reads": {
        [CREATE]: 'import { x } from "#core/registrations/queries.ts";\n',
      },
    },
  },
  {
    title: "an audit action is a verb",
    lawful: { [CREATE]: `${verb}recordAudit(tx, [{ action: "events.create" }]);\n` },
    broken: {
      "a word of its own": { [CREATE]: `${verb}recordAudit(tx, [{ action: "event_created" }]);\n` },
    },
  },
];
