import type { Organizer, SaveOrganizerInput } from "@tsudoi/shared/event-organizers.ts";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { EVENT_ROLES, type EventRole } from "@tsudoi/shared/permissions.ts";
import { personName } from "@tsudoi/shared/person-name.ts";
import { type FormEvent, useState } from "react";
import { useTRPCClient } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Select } from "#web/ui/select.tsx";
import { useIntention } from "#web/use-intention.ts";
import { useRefreshOrganizers } from "./organizer-queries.ts";
import { SeriesChoice } from "./series-choice.tsx";

type Props = {
  event: Pick<Event, "id" | "seriesId">;
  /** What is told of the last one, unless something was done since. */
  told: string | undefined;
  onTell: (words: string | undefined) => void;
};

/** Gives somebody of the organisation a part in the event, or in its series, by address. */
export function AddOrganizer({ event: { id: eventId, seriesId }, told, onTell }: Props) {
  const { organizers: t, series } = useManageTexts();
  const client = useTRPCClient();
  const refresh = useRefreshOrganizers();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<EventRole>("editor");
  const [apply, setApply] = useState<SeriesPart>("this");
  const [isEmpty, setEmpty] = useState(false);
  const save = useIntention({
    send: (input: SaveOrganizerInput, options) =>
      client.events.saveOrganizer.mutate(input, options),
    onAnswer: () => void refresh(),
    onRefusal: () => undefined,
  });
  const isUnknown = save.isError && toProblem(save.error).reason === "VALIDATION";
  const problem = isEmpty ? t.emailNeeded : isUnknown && t.emailUnknown;
  function submit(sent: FormEvent): void {
    sent.preventDefault();
    const address = email.trim();
    setEmpty(address === "");
    if (address === "" || save.isPending) return;
    onTell(undefined);
    save.mutate({ eventId, email: address, role, apply }, { onSuccess: added });
  }
  function added(person: Organizer): void {
    setEmail("");
    onTell(t.changed(personName(person), t.roles[person.role]));
  }
  return (
    <form className="manage-panel card" onSubmit={submit} noValidate>
      <h2>{t.add}</h2>
      {told !== undefined && <Notice tone="ok" title={told} live />}
      {save.isError && !isUnknown && <ProblemNotice error={save.error} />}
      <div className="organizer-fields">
        <Field
          label={t.email}
          name="email"
          type="email"
          value={email}
          onChange={(next) => {
            setEmail(next);
            setEmpty(false);
            if (save.isError) save.reset();
          }}
          {...(problem ? { error: problem } : {})}
        />
        <Select
          label={t.role}
          name="role"
          value={role}
          onChange={(chosen) => setRole(EVENT_ROLES.find((known) => known === chosen) ?? role)}
          options={EVENT_ROLES.map((value) => ({ value, label: t.roles[value] }))}
        />
      </div>
      {seriesId && (
        <SeriesChoice title={series.into} value={apply} onChange={setApply} allHint={t.allHint} />
      )}
      <div className="manage-actions">
        <Button type="submit" size="small" isPending={save.isPending}>
          {t.submit}
        </Button>
      </div>
    </form>
  );
}
