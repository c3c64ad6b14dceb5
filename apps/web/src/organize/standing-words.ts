import { type RegistrationStatus, standingOf } from "@tsudoi/shared/registrations.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { useManagedEvent } from "./managed-event.ts";

/** What a status is called in the event that one manages: who is in a lottery awaits the draw, and nobody's approval. */
export function useStandingWords(): (status: RegistrationStatus) => string {
  const { texts } = useTexts();
  const { allocation } = useManagedEvent();
  return (status) => {
    const standing = standingOf(status, allocation);
    return standing === "entered" ? texts.events.lotteryStatus : texts.status[standing];
  };
}
