import type { Sql } from "postgres";
import { TIME_ZONE } from "#scripts/demo/organization.ts";
import { listPeople } from "#scripts/demo/people.ts";

export type Numbers = { organizationId: string; passwordHash: string; first: number; last: number };

/** Numbered people with everyday names; those who exist already stay as they are. */
export async function seedPeople(sql: Sql, numbers: Numbers): Promise<number> {
  const { organizationId, passwordHash, first, last } = numbers;
  const names = listPeople();
  const japanese = names.filter(({ locale }) => locale === "ja");
  const english = names.filter(({ locale }) => locale === "en");
  const inserted = await sql`
    with numbered as (
      select n, n % 10 = 0 as is_english,
        1 + n % ${japanese.length} as family, 1 + n * 31 % ${japanese.length} as given,
        1 + n % ${english.length} as english_family, 1 + n * 31 % ${english.length} as english_given
      from generate_series(${first}::int, ${last}::int) as n
    ), places as (
      select array_agg(id order by code) as ids from departments where organization_id = ${organizationId}
    )
    insert into users
      (organization_id, department_id, email, email_verified_at, password_hash, family_name, given_name,
       family_kana, given_kana, locale, time_zone, role)
    select ${organizationId}, ids[1 + n % cardinality(ids)],
      'user-' || lpad(n::text, greatest(6, length(n::text)), '0') || '@demo.test', now(), ${passwordHash},
      case when is_english then (${english.map(({ familyName }) => familyName)}::text[])[english_family]
        else (${japanese.map(({ familyName }) => familyName)}::text[])[family] end,
      case when is_english then (${english.map(({ givenName }) => givenName)}::text[])[english_given]
        else (${japanese.map(({ givenName }) => givenName)}::text[])[given] end,
      case when not is_english then (${japanese.map(({ familyKana }) => familyKana)}::text[])[family] end,
      case when not is_english then (${japanese.map(({ givenKana }) => givenKana)}::text[])[given] end,
      case when is_english then 'en' else 'ja' end, ${TIME_ZONE}, 'member'
    from numbered cross join places
    on conflict (email) do nothing`;
  return inserted.count;
}

/** The highest number given so far. */
export async function findLastNumber(sql: Sql): Promise<number> {
  const [row] = await sql<{ last: number }[]>`
    select coalesce(max(substring(email from '^user-([0-9]+)@demo\\.test$')::int), 0) as last
    from users where email like 'user-%@demo.test'`;
  return row?.last ?? 0;
}
