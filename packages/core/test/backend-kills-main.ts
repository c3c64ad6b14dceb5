import { continueAfterDeath, killDuringTransfers } from "./backend-kills.ts";

const [, , scenario, url = "", seed = "1"] = process.argv;

const report =
  scenario === "continue"
    ? await continueAfterDeath(url)
    : await killDuringTransfers(url, { kills: 20, seed: Number(seed) });
process.stdout.write(JSON.stringify(report));
