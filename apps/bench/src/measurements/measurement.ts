import type { Stage } from "#bench/stage/stage.ts";
import { findArbiterFaults, measureArbiter, reportArbiter } from "./arbiter.ts";
import { measureGet, reportGet } from "./get.ts";
import { measureList, reportList } from "./list.ts";
import { measurePeople } from "./people.ts";
import { findPeopleFaults, reportPeople } from "./people-report.ts";
import { measureRegister } from "./register.ts";
import { findFaults, reportRegister } from "./register-report.ts";

/** What to print, and what is wrong with ours. */
export type Outcome = { report: string; faults: string[] };

export type Measurement = (stage: Stage) => Promise<Outcome>;

/** What `npm run bench` measures, by the name that asks for one alone. */
export const MEASUREMENTS: Record<string, Measurement> = {
  async register(stage) {
    const scores = await measureRegister(stage);
    return { report: reportRegister(scores, stage.settings), faults: findFaults(scores) };
  },
  async arbiter(stage) {
    const scores = await measureArbiter(stage);
    return { report: reportArbiter(scores, stage), faults: findArbiterFaults(scores) };
  },
  async list(stage) {
    return { report: reportList(await measureList(stage), stage), faults: [] };
  },
  async people(stage) {
    const scores = await measurePeople(stage);
    return { report: reportPeople(scores, stage), faults: findPeopleFaults(scores) };
  },
  async get(stage) {
    return { report: reportGet(await measureGet(stage), stage), faults: [] };
  },
};
