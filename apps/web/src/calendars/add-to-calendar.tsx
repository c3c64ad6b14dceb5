import { useMutation } from "@tanstack/react-query";
import { CalendarPlus } from "lucide-react";
import { useTRPCClient } from "#web/api.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";

type Props = { registrationId: string; wide?: boolean };

/** Hands one registration to the calendar of the device; the link is fetched when it is wanted, and soon ends. */
export function AddToCalendar({ registrationId, wide = true }: Props) {
  const { calendars: t } = useTexts().texts;
  const client = useTRPCClient();
  const add = useMutation({
    mutationFn: () => client.calendars.getEntry.query({ registrationId }),
    // The server that the page came from, whatever name it has outside.
    onSuccess: ({ url }) => window.location.assign(new URL(url).pathname),
  });
  return (
    <>
      <Button
        tone="quiet"
        size="small"
        wide={wide}
        isPending={add.isPending}
        working={t.adding}
        onPress={() => add.mutate()}
      >
        <CalendarPlus aria-hidden="true" />
        {t.add}
      </Button>
      {add.isError && <ProblemNotice error={add.error} onRetry={() => add.mutate()} />}
    </>
  );
}
