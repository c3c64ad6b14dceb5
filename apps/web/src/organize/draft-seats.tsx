import { useId } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Choice, Tick } from "#web/ui/choice.tsx";
import { Field } from "#web/ui/field.tsx";
import { Optional } from "./draft-labels.tsx";
import type { SectionProps } from "./event-form.tsx";
import "#web/ui/card.css";

export function SeatsSection({ draft, change, problemAt }: SectionProps) {
  const { organize: t } = useManageTexts();
  const id = useId();
  return (
    <section className="form-section card" aria-labelledby={id}>
      <h2 id={id}>{t.sectionSeats}</h2>
      <div className="field-row">
        <Field
          label={t.capacity}
          name="capacity"
          inputMode="numeric"
          value={draft.capacity}
          onChange={(capacity) => change({ capacity: capacity.normalize("NFKC") })}
          error={problemAt("capacity")}
        />
      </div>
      <Choice
        label={t.waitlist}
        name="waitlistMode"
        value={draft.waitlistMode}
        onChange={(waitlistMode) => change({ waitlistMode })}
        options={[
          { value: "automatic", label: t.waitlistAutomatic, hint: t.waitlistAutomaticHint },
          { value: "offer", label: t.waitlistOffer, hint: t.waitlistOfferHint },
          { value: "none", label: t.waitlistNone, hint: t.waitlistNoneHint },
        ]}
      />
      {draft.waitlistMode === "offer" && (
        <div className="field-row">
          <Field
            label={t.offerHours}
            hint={t.offerHoursHint}
            name="offerHours"
            inputMode="numeric"
            value={draft.offerHours}
            onChange={(offerHours) => change({ offerHours: offerHours.normalize("NFKC") })}
            error={problemAt("offerHours")}
          />
        </div>
      )}
    </section>
  );
}

export function PlaceSection({ draft, change, problemAt }: SectionProps) {
  const { organize: t } = useManageTexts();
  const id = useId();
  return (
    <section className="form-section card" aria-labelledby={id}>
      <h2 id={id}>{t.sectionPlace}</h2>
      <div className="field-row">
        <Field
          label={<Optional label={t.location} />}
          name="location"
          placeholder={t.locationPlaceholder}
          value={draft.location}
          onChange={(location) => change({ location })}
          error={problemAt("location")}
        />
        <Field
          label={<Optional label={t.onlineUrl} />}
          hint={t.onlineUrlHint}
          name="onlineUrl"
          type="url"
          inputMode="url"
          placeholder="https://"
          value={draft.onlineUrl}
          onChange={(onlineUrl) => change({ onlineUrl })}
          error={problemAt("onlineUrl")}
        />
      </div>
      <Tick
        type="checkbox"
        name="locationFor"
        label={t.locationHidden}
        hint={t.locationHiddenHint}
        isOn={draft.locationFor === "confirmed"}
        onChange={(isOn) => change({ locationFor: isOn ? "confirmed" : "everyone" })}
      />
    </section>
  );
}
