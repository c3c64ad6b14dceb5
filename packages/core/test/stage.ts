import { afterAll, beforeAll } from "vitest";
import { createTestBed, type TestBed } from "./bed.ts";
import {
  anEvent,
  anOrganization,
  aUser,
  someUsers,
  type TestEvent,
  type TestUser,
} from "./builders.ts";

/** A bed for all tests of the calling file: made before the first, gone after the last. */
export function useBed(): TestBed {
  const bed = {} as TestBed;
  beforeAll(async () => {
    Object.assign(bed, await createTestBed());
  });
  afterAll(() => bed[Symbol.asyncDispose]());
  return bed;
}

export type Stage = TestBed & {
  organizationId: string;
  /** An organiser. */
  owner: TestUser;
  aMember: (overrides?: Partial<TestUser>) => Promise<TestUser>;
  someMembers: (count: number) => Promise<TestUser[]>;
  /** One of the owner's. */
  anEvent: (overrides?: Parameters<typeof anEvent>[2]) => Promise<TestEvent>;
};

/** A bed with an organisation on it. */
export function useStage(): Stage {
  const stage = useBed() as Stage;
  beforeAll(async () => {
    const { ctx } = stage;
    const organizationId = await anOrganization(ctx);
    const owner = await aUser(ctx, { organizationId, role: "organizer" });
    Object.assign(stage, {
      organizationId,
      owner,
      aMember: (overrides) => aUser(ctx, { organizationId, ...overrides }),
      someMembers: (count) => someUsers(ctx, count, { organizationId }),
      anEvent: (overrides) => anEvent(ctx, owner, overrides),
    } satisfies Omit<Stage, keyof TestBed>);
  });
  return stage;
}
