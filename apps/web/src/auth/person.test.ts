import { expect, test } from "vitest";
import { createPerson, personOf } from "./person.ts";

test("a token names its person", () => {
  const claims = { org: "01890000-0000-7000-8000-000000000001", sub: "someone", role: "~~??>>" };
  const text = btoa(JSON.stringify(claims)).replaceAll("+", "-").replaceAll("/", "_");
  const accessToken = `e30.${text.replaceAll("=", "")}.AAAA`;
  expect(personOf({ accessToken })).toBe("someone");
});

test("a newcomer is who takes over from another one, not who comes by the door", () => {
  const person = createPerson();
  const told: (string | undefined)[] = [];
  person.newcomer.subscribe(() => told.push(person.newcomer.get()));
  person.become("first");
  person.become("first");
  person.enter("second");
  person.enter(undefined);
  person.become("third");
  expect(told).toEqual([]);
  person.become("fourth");
  person.become("fifth");
  person.enter("sixth");
  expect(told).toEqual(["fourth", "fifth", undefined]);
});
