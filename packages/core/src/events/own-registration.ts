import type { EndedRegistration, OwnRegistration } from "@tsudoi/shared/events.ts";
import { receiptNumber } from "@tsudoi/shared/registrations.ts";
import type { LastRegistration } from "./find-mine.ts";

export function toOwn(mine: LastRegistration): OwnRegistration {
  const { id, status, number, position, offerExpiresAt, drawRank } = mine;
  return {
    id,
    status,
    number: receiptNumber(number),
    ...(position === null ? {} : { position }),
    ...(offerExpiresAt === null ? {} : { offerExpiresAt: new Date(offerExpiresAt).toISOString() }),
    ...(drawRank === null ? {} : { drawRank }),
  };
}

export function toEnded({ id, status, reason, endedBy }: LastRegistration): EndedRegistration {
  return {
    id,
    status,
    ...(reason === null ? {} : { reason }),
    ...(endedBy === null ? {} : { endedBy }),
  };
}
