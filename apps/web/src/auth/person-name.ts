import type { Locale } from "@tsudoi/shared/text.ts";

type Person = { familyName: string; givenName: string };

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** 佐藤 恵, Mark Adler: names keep the order of the script they are written in. */
export function personName({ familyName, givenName }: Person): string {
  return isEastAsian({ familyName, givenName })
    ? `${familyName} ${givenName}`
    : `${givenName} ${familyName}`;
}

/** 山田, MA */
export function initials({ familyName, givenName }: Person): string {
  if (isEastAsian({ familyName, givenName })) return familyName.slice(0, 2);
  return (givenName.slice(0, 1) + familyName.slice(0, 1)).toUpperCase();
}

/** The language to mark a name with, where it is not the reader's. */
export function nameLanguage(person: Person, locale: Locale): Locale | undefined {
  const language = isEastAsian(person) ? "ja" : "en";
  return language === locale ? undefined : language;
}

function isEastAsian({ familyName, givenName }: Person): boolean {
  return EAST_ASIAN.test(familyName + givenName);
}
