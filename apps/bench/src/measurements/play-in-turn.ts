import type { Contender } from "#bench/contenders/contender.ts";
import type { Stage } from "#bench/stage/stage.ts";
import { toCount } from "#bench/table.ts";
import { play, type Rules } from "./play.ts";
import type { Scorecard } from "./scorecard.ts";

export type Discipline = {
  name: string;
  contenders: readonly Contender[];
  rounds: number;
  rules: Rules;
};

/** Everybody plays once, then everybody again, each time from another one on: noise and age hit all alike. */
export async function playInTurn(
  stage: Stage,
  { name, contenders, rounds, rules }: Discipline,
): Promise<Scorecard[]> {
  const scorecards = contenders.map((contender): Scorecard => ({ contender, rounds: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < scorecards.length; turn += 1) {
      const scorecard = scorecards[(turn + round) % scorecards.length];
      if (scorecard === undefined) continue;
      const played = await play(stage, scorecard.contender, rules);
      scorecard.rounds.push(played);
      const { latencies, failed, seconds } = played;
      const pace = `${toCount((latencies.length - failed) / seconds)} answers/s`;
      stage.say(`${name} ${round + 1}/${rounds}  ${scorecard.contender.title}: ${pace}`);
    }
  }
  return scorecards;
}
