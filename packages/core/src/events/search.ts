import { type SQL, sql } from "drizzle-orm";
import { eventTexts } from "#core/db/schema/event-texts.ts";
import { events } from "#core/db/schema/events.ts";

/** The words of a search, told apart as people type them, by spaces of any width; each must be found, in any order. */
export function wordsOf(text: string | undefined): string[] {
  const words = (text ?? "").normalize("NFKC").split(/\s+/);
  return words.filter((word) => word !== "");
}

/** For few events: looks into the text of each. */
export function hasWords(words: string[]): SQL | undefined {
  if (words.length === 0) return undefined;
  return sql`exists (
    select 1 from ${eventTexts}
    where ${eventTexts.organizationId} = ${events.organizationId} and ${eventTexts.eventId} = ${events.id}
      and ${contains(words)})`;
}

export type Search = {
  organizationId: string;
  words: string[];
  /** Where the events that can be wanted start, as far as that is known. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** Everything else that is asked of an event. */
  where: SQL | undefined;
  limit: number;
};

/**
 * For any number of events: the ids of the first that have the words, in the order of time. It goes from one four
 * weeks with events to the next and asks the index of each, until it has enough: what is read of a frequent word is
 * what is near, and a rare one is not looked for where it is not.
 */
export function findFirst({ organizationId, words, from, to, where, limit }: Search): SQL {
  const [first, last] = [from?.toISOString() ?? "-infinity", to?.toISOString() ?? "infinity"];
  const next = (start: SQL) => sql`
    select search_window(min(starts_at)) from events
    where organization_id = ${organizationId} and starts_at >= ${start}
      and starts_at <= ${last}::timestamptz`;
  return sql`
    with recursive windows (number) as (
      ${next(sql`${first}::timestamptz`)}
      union all
      select (${next(sql`search_window_end(number)`)}) from windows where number is not null
    )
    select ${events.id}
    from (select number from windows order by number) as reached
    cross join lateral (
      select ${eventTexts.eventId} as id from ${eventTexts}
      where search_keys(${eventTexts.organizationId}, ${eventTexts.startsAt}, ${eventTexts.text}) collate "C"
          @> (array[search_window_key(${organizationId}, reached.number)] || ${keysOf(words)})
        and ${contains(words)}
      -- Keeps the planner from reading all texts first.
      offset 0
    ) as found
    join ${events} on ${events.organizationId} = ${organizationId} and ${events.id} = found.id
    where ${where}
    order by reached.number, ${events.startsAt}, ${events.id}
    limit ${limit}`;
}

/** The index knows pairs of letters, not in which order they stand. */
function contains(words: string[]): SQL {
  const each = words.map((word) => sql`strpos(${eventTexts.text}, search_form(${word})) > 0`);
  return sql.join(each, sql` and `);
}

function keysOf(words: string[]): SQL {
  const each = words.map((word) => sql`search_word_keys(search_form(${word}))`);
  return sql.join(each, sql` || `);
}
