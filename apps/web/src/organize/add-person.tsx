import type { Event } from "@tsudoi/shared/events.ts";
import { type AddInput, type RegistrationChange, seatsLeft } from "@tsudoi/shared/registrations.ts";
import { UserPlus } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTRPCClient } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Choice } from "#web/ui/choice.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Field } from "#web/ui/field.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useIntention } from "#web/use-intention.ts";
import { useRefreshPeople } from "./managed-event.ts";

/** Brings in somebody of the organisation, whatever the registration period. */
export function AddPerson({ event }: { event: Event }) {
  const { add: t } = useManageTexts();
  const [isOpen, setOpen] = useState(false);
  if (event.status !== "published" && event.status !== "closed") return null;
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        <UserPlus aria-hidden="true" />
        {t.open}
      </Button>
      <AddDialog event={event} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

type Props = { event: Event; isOpen: boolean; onClose: () => void };

function AddDialog({ event, isOpen, onClose }: Props) {
  const { add: t, bulk } = useManageTexts();
  const isFull = seatsLeft(event) === 0 && event.waitlistMode !== "none";
  const [email, setEmail] = useState("");
  const [chosen, setChosen] = useState<AddInput["to"]>();
  const [isEmpty, setEmpty] = useState(false);
  const add = useAdd(event.id);
  const to = chosen ?? (isFull ? "waitlisted" : "confirmed");
  const isUnknown = add.isError && toProblem(add.error).reason === "VALIDATION";
  function close(): void {
    onClose();
    add.reset();
  }
  function submit(sent: FormEvent): void {
    sent.preventDefault();
    if (add.isPending) return;
    setEmpty(email.trim() === "");
    if (email.trim() === "") return;
    add.mutate({ eventId: event.id, email: email.trim(), to }, { onSuccess: () => setEmail("") });
  }
  const problem = isEmpty ? t.emailNeeded : isUnknown && t.emailUnknown;
  // Whatever became of one, the next thing to do is to write an address.
  const form = useRef<HTMLFormElement>(null);
  const { submittedAt, isPending, isIdle } = add;
  useEffect(() => {
    if (submittedAt === 0 || isPending || isIdle) return;
    form.current?.querySelector<HTMLInputElement>("[name=email]")?.focus();
  }, [submittedAt, isPending, isIdle]);
  return (
    <Dialog isOpen={isOpen} title={t.title} close={bulk.no} onClose={close}>
      <form ref={form} onSubmit={submit} noValidate>
        <p className="muted">{t.lead}</p>
        {add.isSuccess && <Added added={add.data} email={add.variables.email} />}
        {add.isError && !isUnknown && (
          <ProblemNotice
            error={add.error}
            instead={{ SOLD_OUT: t.full, ALREADY_REGISTERED: t.already }}
          />
        )}
        <Field
          label={t.email}
          name="email"
          type="email"
          autoFocus
          value={email}
          onChange={(next) => {
            setEmail(next);
            setEmpty(false);
            if (add.isError) add.reset();
          }}
          {...(problem ? { error: problem } : {})}
        />
        {event.waitlistMode !== "none" && (
          <Choice
            label={t.to}
            name="to"
            value={to}
            onChange={setChosen}
            options={[
              { value: "confirmed", label: t.confirmed, hint: t.confirmedHint },
              { value: "waitlisted", label: t.waitlisted, hint: t.waitlistedHint },
            ]}
          />
        )}
        <div className="confirm-actions">
          <Button tone="quiet" onPress={close}>
            {add.isSuccess ? t.finish : bulk.no}
          </Button>
          <Button type="submit" isPending={add.isPending}>
            {t.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What became of the last one; the field is empty for the next. */
function Added({ added: { registration }, email }: { added: RegistrationChange; email: string }) {
  const { add: t } = useManageTexts();
  const { number, position } = registration;
  const title = position === undefined ? t.confirmedDone(email) : t.waitlistedDone(email, position);
  return (
    <Notice key={number} tone="ok" title={title} live>
      {t.next(number)}
    </Notice>
  );
}

function useAdd(eventId: string) {
  const client = useTRPCClient();
  const refresh = useRefreshPeople(eventId);
  return useIntention({
    send: (input: AddInput, options) => client.registrations.add.mutate(input, options),
    onAnswer: () => void refresh(),
    onRefusal: () => void refresh(),
  });
}
