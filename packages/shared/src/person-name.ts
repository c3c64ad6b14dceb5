import { isEastAsian } from "./script.ts";

type Person = { familyName: string; givenName: string };

/** 佐藤 恵, Mark Adler: names keep the order of the script they are written in. */
export function personName({ familyName, givenName }: Person): string {
  return isEastAsian(familyName + givenName)
    ? `${familyName} ${givenName}`
    : `${givenName} ${familyName}`;
}

/** 山田 (short: 山), MA */
export function initials({ familyName, givenName }: Person, size?: "short"): string {
  if (isEastAsian(familyName + givenName)) return familyName.slice(0, size ? 1 : 2);
  return (givenName.slice(0, 1) + familyName.slice(0, 1)).toUpperCase();
}
