import { DomainError } from "@tsudoi/shared/errors.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import type { Context } from "#core/db/context.ts";
import type { Link } from "#core/platform/links.ts";
import type { MailAddress } from "#core/platform/mail-address.ts";
import { calendarEntry } from "./calendar-entry.ts";
import { calendarFeed } from "./calendar-feed.ts";
import { calendarLink } from "./calendar-link.ts";
import { entryFacts } from "./entry-facts.ts";
import { findEntry, findFeed, type PersonalCalendar } from "./queries.ts";

/** Where the system is found, and who its calendar entries come from. */
export type CalendarHost = { publicUrl: string; from: MailAddress };

type Input = { token: string; host: CalendarHost };

/** The file behind a calendar's address: what that one person may see now, or for whoever guesses, nothing. */
export async function readCalendar(ctx: Context, { token, host }: Input): Promise<string> {
  const link = calendarLink(ctx.tokens.links, token);
  const read = link?.purpose === "calendar" ? readFeed : readEntry;
  const text = link && (await read(ctx, link, host));
  if (text === undefined) throw new DomainError("LINK_EXPIRED");
  return text;
}

async function readFeed(ctx: Context, link: Link, host: CalendarHost) {
  const found = await findFeed(ctx, link);
  return found && calendarFeed(toFeed(found, host));
}

async function readEntry(ctx: Context, link: Link, host: CalendarHost) {
  // The second it ends in stands where other links count.
  if (link.generation * SECOND <= ctx.now().getTime()) return undefined;
  const { organizationId, id: registrationId } = link;
  const found = await findEntry(ctx, { organizationId, registrationId });
  if (found === undefined) return undefined;
  const { entries, ...sender } = toFeed(found, host);
  const [entry] = entries;
  return entry && calendarEntry({ method: "PUBLISH", ...sender, ...entry });
}

function toFeed(found: PersonalCalendar, { publicUrl, from }: CalendarHost) {
  return {
    locale: found.locale,
    organizer: { name: localized(found.organization, found.locale).text, email: from.email },
    entries: found.entries.map((source) => entryFacts(source, found, publicUrl)),
  };
}
