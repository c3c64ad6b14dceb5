import { randomInt } from "node:crypto";
import { givenSeed } from "./config.ts";

/** What tests with a plan of chance draw it from; where one fails it prints this, and TEST_SEED draws the same again. */
export const seed = givenSeed ?? randomInt(1e9);
