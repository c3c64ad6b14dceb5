import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import { reasonOf } from "#test/refusals.ts";
import { expectSound } from "#test/seating.ts";
import { useStage } from "#test/stage.ts";
import { register } from "./register.ts";

const stage = useStage();
const IN_TURN = 500;

describe("a flood of changes of one event", () => {
  test("is refused there, and holds up nobody anywhere else", async () => {
    const [flooded, other] = [await stage.anEvent(), await stage.anEvent()];
    const [first, second] = await stage.someMembers(2);
    const { seats, deadline } = stage.ctx;
    const key = { organizationId: stage.organizationId, eventId: flooded.id };
    const gate = Promise.withResolvers<void>();
    const wait = () => seats.inTurn(key, deadline, () => gate.promise);
    const waiting = Array.from({ length: IN_TURN }, wait);
    expect(await reasonOf(wait())).toBe("OVERLOADED");
    const elsewhere = await register(stage.as(actorOf(first!)), { eventId: other.id });
    expect(elsewhere.registration.status).toBe("confirmed");
    const here = register(stage.as(actorOf(second!)), { eventId: flooded.id });
    gate.resolve();
    await Promise.all(waiting);
    expect((await here).registration.status).toBe("confirmed");
    await expectSound(stage.ctx, flooded);
    await expectSound(stage.ctx, other);
  });
});
