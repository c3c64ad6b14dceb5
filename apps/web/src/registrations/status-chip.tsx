import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { Check, Hourglass } from "lucide-react";
import { useTexts } from "#web/texts/texts.tsx";
import { Chip, type ChipTone } from "#web/ui/chip.tsx";

const TONES: Record<RegistrationStatus, ChipTone> = {
  confirmed: "ok",
  waitlisted: "warn",
  pending: "indigo",
  offered: "accent",
  cancelled: "neutral",
  rejected: "neutral",
  declined: "neutral",
  expired: "neutral",
};

type Props = {
  status: RegistrationStatus;
  position?: number | undefined;
  /** Whether the event's seats are still to be drawn. */
  awaitsDraw?: boolean;
};

/** The state of one's own registration, in the one set of words. */
export function StatusChip({ status, position, awaitsDraw = false }: Props) {
  const { texts } = useTexts();
  const isLot = awaitsDraw && status === "pending";
  const words = isLot ? texts.events.lotteryStatus : texts.status[status];
  return (
    <Chip tone={TONES[status]}>
      {status === "confirmed" && <Check aria-hidden="true" />}
      {(status === "waitlisted" || status === "pending") && <Hourglass aria-hidden="true" />}
      {position === undefined ? words : texts.registrations.inLine(words, position)}
    </Chip>
  );
}
