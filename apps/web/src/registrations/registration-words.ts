import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import type { Texts } from "#web/texts/texts.tsx";

/** When a registration is read: just made, some time later, or when the event no longer comes. */
export type Moment = "new" | "later" | "over" | "cancelled";

type Words = { title: string; next: string };

/** What it is, and what comes next; a mail is announced only while it is on its way. */
export function wordsFor(
  status: RegistrationStatus,
  moment: Moment,
  { register: t, status: words }: Texts,
): Words {
  if (moment === "cancelled") return { title: words[status], next: t.hintCancelled };
  if (moment === "over") return { title: words[status], next: t.hintOver };
  const isNew = moment === "new";
  switch (status) {
    case "confirmed":
      return isNew
        ? { title: t.confirmedTitle, next: t.confirmedNext }
        : { title: t.haveConfirmed, next: t.confirmedLater };
    case "waitlisted":
      return { title: isNew ? t.waitlistedTitle : t.haveWaitlisted, next: t.waitlistedNext };
    case "pending":
      return { title: isNew ? t.pendingTitle : t.havePending, next: t.pendingNext };
    case "offered":
      return { title: t.offeredTitle, next: t.offeredNext };
    case "cancelled":
    case "rejected":
    case "declined":
    case "expired":
      return { title: words[status], next: "" };
  }
}
