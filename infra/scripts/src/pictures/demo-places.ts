import { ONLY_GENERATION } from "@tsudoi/core/auth/authorise-link.ts";
import { createLinks } from "@tsudoi/core/platform/links.ts";
import { parseSecrets } from "@tsudoi/core/platform/secrets.ts";
import { connect } from "#scripts/database.ts";
import type { Services } from "#scripts/services-file.ts";

/** Addresses in the demo that begin with an event's English title. */
export type DemoPlaces = {
  event: (title: string) => string;
  manage: (title: string) => string;
  /** As it stands in a mail to attendee@demo.test. */
  link: (purpose: "offer" | "leave", title: string) => string;
};

type Place = { title: string; organizationId: string; eventId: string; ownId: string | null };

export async function findDemoPlaces({ databaseUrl, env }: Services): Promise<DemoPlaces> {
  await using connection = connect(databaseUrl);
  const places = await connection.sql<Place[]>`
    select title_en as title, events.organization_id as "organizationId", events.id as "eventId",
      own.id as "ownId"
    from events
    left join (
      select registrations.id, event_id from registrations
      join users on users.id = user_id and email = 'attendee@demo.test'
    ) own on own.event_id = events.id`;
  const links = createLinks(parseSecrets(env.SECRETS ?? ""));
  const find = (title: string) => {
    const place = places.find((one) => one.title.startsWith(title));
    if (place === undefined) throw new Error(`the demo has no event "${title}"`);
    return place;
  };
  return {
    event: (title) => `/events/${find(title).eventId}`,
    manage: (title) => `/organize/events/${find(title).eventId}`,
    link(purpose, title) {
      const { organizationId, ownId } = find(title);
      if (ownId === null) throw new Error(`attendee@demo.test has no place in "${title}"`);
      const about = { organizationId, id: ownId, generation: ONLY_GENERATION };
      return `/${purpose}/${links.sign(purpose, about)}`;
    },
  };
}
