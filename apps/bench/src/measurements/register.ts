import type { Contender } from "#bench/contenders/contender.ts";
import { FIXED, REVIEWED, startExpressApps } from "#bench/contenders/express-apps.ts";
import { ceilingContender, startTsudoi, tsudoiContender } from "#bench/contenders/tsudoi.ts";
import { makePeople } from "#bench/people.ts";
import type { Settings } from "#bench/settings.ts";
import type { Stage } from "#bench/stage/stage.ts";
import { play, type Rules } from "./play.ts";
import { playInTurn } from "./play-in-turn.ts";
import type { Scorecard } from "./scorecard.ts";

/** Nobody waits longer than this for a seat. */
const GIVE_UP_SECONDS = 10;
const WARM_UP_CALLS = 500;

export type RegisterScores = Record<"saturation" | "arrivals" | "rush", Scorecard[]>;

/** Everybody wants a seat of one event: how many are served, how long it takes, and how many seats are sold. */
export async function measureRegister(stage: Stage): Promise<RegisterScores> {
  const { settings } = stage;
  const people = makePeople(settings.people);
  stage.say("register: preparing databases, people and servers");
  await using tsudoi = await startTsudoi(stage, { name: "register", people });
  await using express = await startExpressApps(stage, {
    name: "register_express",
    people,
    variants: [REVIEWED, ...FIXED],
  });
  const registering = [...express.contenders, tsudoiContender(tsudoi)];
  const everyone = [...registering, ceilingContender(tsudoi)];
  const rules = rulesFrom(settings);
  await warmUp(stage, everyone, rules.saturation);
  const { rounds, arrivalRounds } = settings;
  return {
    saturation: await playInTurn(stage, {
      name: "saturation",
      contenders: everyone,
      rounds,
      rules: rules.saturation,
    }),
    arrivals: await playInTurn(stage, {
      name: "arrivals",
      contenders: everyone,
      rounds: arrivalRounds,
      rules: rules.arrivals,
    }),
    rush: await playInTurn(stage, {
      name: "rush",
      contenders: registering,
      rounds,
      rules: rules.rush,
    }),
  };
}

function rulesFrom(settings: Settings): Record<keyof RegisterScores, Rules> {
  const { people, rush, saturationSeconds, arrivalSeconds, arrivalsPerSecond } = settings;
  const seatsForAll = { capacity: people, calls: people, giveUpSeconds: GIVE_UP_SECONDS };
  return {
    saturation: { ...seatsForAll, pace: "closed", seconds: saturationSeconds },
    arrivals: { ...seatsForAll, pace: arrivalsPerSecond, seconds: arrivalSeconds },
    rush: {
      capacity: rush.seats,
      calls: rush.people,
      pace: Number.POSITIVE_INFINITY,
      seconds: GIVE_UP_SECONDS,
      giveUpSeconds: GIVE_UP_SECONDS,
    },
  };
}

/** Before anything counts, programs are compiled and connections opened. */
async function warmUp(stage: Stage, contenders: Contender[], rules: Rules): Promise<void> {
  const seconds = GIVE_UP_SECONDS;
  for (const contender of contenders) {
    stage.say(`warming up  ${contender.title}`);
    // Everyone has looked at the event before it opens, so their tokens have been seen.
    const calls = contender.kind === "ceiling" ? rules.calls : WARM_UP_CALLS;
    await play(stage, contender, { ...rules, calls: Math.min(calls, rules.calls), seconds });
  }
}
