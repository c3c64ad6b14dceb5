import { useQueryClient } from "@tanstack/react-query";
import { type Event, isOver, missingTranslations } from "@tsudoi/shared/events.ts";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { bookingOf } from "#web/registrations/booking.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { Confirm } from "#web/ui/confirm.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useIntention } from "#web/use-intention.ts";

/** A draft and its way to the public; a missing translation is a choice, made in so many words. */
export function OrganizerPanel({ event }: { event: Event }) {
  const { texts } = useTexts();
  const t = texts.event;
  const [asks, setAsks] = useState(false);
  const publish = usePublish(event.id);
  const missing = missingTranslations(event);
  const now = useNow([event.endsAt]);
  const over = { title: t.draftOver, next: t.draftOverNext };
  const refused = publish.isError && toProblem(publish.error).reason;

  if (publish.isSuccess) {
    return (
      <Notice tone="ok" title={t.published} live focus>
        <PublishedNext event={event} />
      </Notice>
    );
  }
  if (event.status !== "draft") return null;
  if (isOver(event, now)) {
    return (
      <Notice tone="warn" title={over.title}>
        {over.next}
      </Notice>
    );
  }
  return (
    <section aria-label={t.organizerPanel}>
      {publish.isError && refused !== "TRANSLATION_MISSING" && (
        <ProblemNotice
          error={publish.error}
          instead={{ VALIDATION: over }}
          onRetry={() => publish.mutate(publish.variables)}
        />
      )}
      <Notice
        tone="info"
        title={t.draftNotice}
        actions={
          <Button
            size="small"
            isPending={publish.isPending}
            onPress={() => (missing.length > 0 ? setAsks(true) : publish.mutate(false))}
          >
            {t.publish}
          </Button>
        }
      >
        {t.draftNext}
      </Notice>
      <Confirm
        isOpen={asks || refused === "TRANSLATION_MISSING"}
        title={t.missingTitle}
        yes={t.publishAnyway}
        no={t.cancel}
        onYes={() => {
          setAsks(false);
          publish.mutate(true);
        }}
        onNo={() => {
          setAsks(false);
          publish.reset();
        }}
      >
        {t.missingBody(missing.map((locale) => texts.languages[locale]))}
      </Confirm>
    </section>
  );
}

/** What the event now does; not every one takes registrations at once. */
function PublishedNext({ event }: { event: Event }) {
  const { locale, texts } = useTexts();
  const { registrationOpensAt, registrationClosesAt, endsAt, timeZone } = event;
  const booking = bookingOf(event, useNow([registrationOpensAt, registrationClosesAt, endsAt]));
  if (booking === "not_open_yet") {
    return texts.event.publishedOpens(formatMoment(registrationOpensAt, { timeZone, locale }));
  }
  if (booking === "closed") return texts.event.publishedClosed;
  return booking === "over" ? texts.register.hintOver : texts.event.publishedNext;
}

function usePublish(eventId: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useIntention({
    send: (allowMissingTranslation: boolean, options) =>
      client.events.publish.mutate({ eventId, allowMissingTranslation }, options),
    onAnswer: (event) => {
      queryClient.setQueryData(trpc.events.get.queryKey({ eventId }), event);
      void queryClient.invalidateQueries({ queryKey: trpc.events.pathKey() });
    },
    onRefusal: () => {
      void queryClient.invalidateQueries({ queryKey: trpc.events.get.queryKey({ eventId }) });
    },
  });
}
