import { createRandom } from "@tsudoi/shared/random.ts";

const ANSWERS_BETWEEN = { least: 40, most: 140 };

export type Kill = {
  /** How many answers after the kill before. */
  answers: number;
  /** Which of those that run then, from 0 up to 1. */
  victim: number;
};

/** Gives the next kill, each drawn as a whole and in turn: what runs meanwhile changes nothing of it. */
export function planKills(seed: number): () => Kill {
  const random = createRandom(seed);
  const { least, most } = ANSWERS_BETWEEN;
  return () => {
    const answers = least + Math.floor(random() * (most - least + 1));
    return { answers, victim: random() };
  };
}
