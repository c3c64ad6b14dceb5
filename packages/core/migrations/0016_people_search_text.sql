-- Writes the table anew, a second or two for 100,000 people, while others wait.
ALTER TABLE "users" ADD COLUMN "search_text" text GENERATED ALWAYS AS (lower(normalize(family_name || given_name || ' ' || coalesce(family_kana || given_kana || ' ', '') || given_name || ' ' || family_name || ' ' || coalesce(given_kana || ' ', '') || email, NFKC))) STORED;
