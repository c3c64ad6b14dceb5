import { ListEventsInput } from "@tsudoi/shared/events.ts";
import type { z } from "zod/mini";
import { listEvents } from "#core/events/queries.ts";
import { actorOf } from "./bed.ts";
import { anEvent, anOrganization, aUser, type TestEvent, type TestUser } from "./builders.ts";
import { useBed } from "./stage.ts";

export type Asked = z.input<typeof ListEventsInput>;
export type Company = {
  organizationId: string;
  owner: TestUser;
  member: TestUser;
  admin: TestUser;
};
type Overrides = Parameters<typeof anEvent>[2];

/** A bed for companies that see nothing of each other, and their lists of events. */
export function useEventLists() {
  const bed = useBed();
  const list = (user: TestUser, input: Asked = {}) =>
    listEvents(bed.as(actorOf(user)), ListEventsInput.parse(input));
  return {
    bed,
    list,
    async titles(user: TestUser, input: Asked = {}): Promise<string[]> {
      return (await list(user, input)).items.map((item) => item.title.en);
    },
    async aCompany(): Promise<Company> {
      const organizationId = await anOrganization(bed.ctx);
      return {
        organizationId,
        owner: await aUser(bed.ctx, { organizationId, role: "organizer" }),
        member: await aUser(bed.ctx, { organizationId }),
        admin: await aUser(bed.ctx, { organizationId, role: "admin" }),
      };
    },
    named({ owner }: Company, titleEn: string, overrides: Overrides = {}): Promise<TestEvent> {
      return anEvent(bed.ctx, owner, { titleEn, ...overrides });
    },
  };
}

/** A time from now. */
export const at = (offset: number) => new Date(Date.now() + offset);
