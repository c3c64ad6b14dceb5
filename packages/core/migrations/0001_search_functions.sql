-- replaces 0016_people_search_text
-- The form in which texts are compared: width, case and composition do not matter (ﾊﾟﾌｫ = パフォ), nor which kana.
create function search_form(value text) returns text
language sql immutable strict parallel safe
return translate(
  lower(normalize(value, NFKC) collate pg_c_utf8),
  'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ',
  'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ'
);
--> statement-breakpoint
-- Each pair of neighbouring letters; PL/pgSQL, as it is ten times faster here than SQL.
create function search_pairs(letters text[]) returns text[]
language plpgsql immutable strict parallel safe as $$
begin
  return array(
    select pair.one || pair.two
    from unnest(letters, letters[2:]) as pair (one, two)
    where pair.one <> ' ' and pair.two <> ' '
  );
end
$$;
--> statement-breakpoint
-- What a word is looked up by: its pairs of letters, or its only letter.
create function search_word_keys(word text) returns text[]
language sql immutable strict parallel safe
return case
  when length(word) = 1 then array[word]
  else public.search_pairs(string_to_array(word, null))
end;
--> statement-breakpoint
-- Four weeks, numbered: a search reads one after the other, so that a word of many events reads few of them.
create function search_window(moment timestamptz) returns bigint
language sql immutable strict parallel safe
return floor(extract(epoch from moment) / (28 * 86400))::bigint;
--> statement-breakpoint
create function search_window_end(number bigint) returns timestamptz
language sql immutable strict parallel safe
return to_timestamp((number + 1) * (28 * 86400));
--> statement-breakpoint
-- Longer than any pair of letters, and no other organisation's.
create function search_window_key(organization_id uuid, number bigint) returns text
language sql immutable strict parallel safe
return organization_id::text || '@' || number::text;
--> statement-breakpoint
create function search_keys(organization_id uuid, starts_at timestamptz, value text) returns text[]
language plpgsql immutable strict parallel safe as $$
declare
  letters text[] := string_to_array(value, null);
begin
  return public.search_window_key(organization_id, public.search_window(starts_at))
    || letters || public.search_pairs(letters);
end
$$;
