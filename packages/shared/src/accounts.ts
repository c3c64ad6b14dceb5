import * as z from "zod/mini";
import { Locale, type Localized, line } from "./text.ts";
import { SECOND, TimeZone } from "./time.ts";

/** One address, nothing a mail header could read as two: no quotes, comments, commas or spaces. */
export const Email = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(254),
    z.regex(
      /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/,
    ),
  );

/** Bounds only, so that an old password still opens the door when the rules for new ones change. */
const Password = z.string().check(z.minLength(1), z.maxLength(128));
export const NewPassword = z.string().check(z.minLength(8), z.maxLength(128));

export const SignInInput = z.strictObject({ email: Email, password: Password });
export type SignInInput = z.infer<typeof SignInInput>;

export const SetLocaleInput = z.strictObject({ locale: Locale });
export type SetLocaleInput = z.infer<typeof SetLocaleInput>;

export const ROLES = ["member", "organizer", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** The signed-in person as the SPA needs them. */
export type Me = {
  id: string;
  email: string;
  familyName: string;
  givenName: string;
  locale: Locale;
  timeZone: string;
  role: Role;
  /** Whether they have a part in organising any event, whatever their role here. */
  organizes: boolean;
  department: Localized | null;
  organization: { id: string; name: Localized };
};

/** A lost answer or a second tab renews with the same token; within this time it gets the same successor. */
export const REFRESH_GRACE_MS = 10 * SECOND;

export type AccessToken = { accessToken: string; expiresAt: string };
export type SignedIn = AccessToken & { user: Me };

/** First set-up of an empty system, by the one-use link that `DEMO=0` prints. */
export const SetUpInput = z.strictObject({
  token: z.string().check(z.minLength(20), z.maxLength(100)),
  organizationName: line(100, 1),
  familyName: line(60, 1),
  givenName: line(60, 1),
  email: Email,
  password: NewPassword,
  locale: Locale,
  timeZone: TimeZone,
});
export type SetUpInput = z.infer<typeof SetUpInput>;
