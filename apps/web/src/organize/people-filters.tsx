import { useNavigate } from "@tanstack/react-router";
import { localized } from "@tsudoi/shared/text.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Field } from "#web/ui/field.tsx";
import { Select } from "#web/ui/select.tsx";
import { useDepartments } from "./department-queries.ts";
import { useManagedEvent } from "./managed-event.ts";
import { GROUPS, type Group, STANDINGS, type Standing, standingIn } from "./people-queries.ts";
import type { PeopleSearch } from "./people-search.ts";
import { useStandingWords } from "./standing-words.ts";
import { useTyped } from "./use-typed.ts";

/** The filters stand in the address, so that a filtered list can be kept and sent. */
export function PeopleFilters({ search }: { search: PeopleSearch }) {
  const { locale } = useTexts();
  const wordsFor = useStandingWords();
  const departments = useDepartments();
  const { people: t } = useManageTexts();
  const { id: eventId } = useManagedEvent();
  const navigate = useNavigate();
  const go = (changed: PeopleSearch) =>
    void navigate({
      to: "/organize/events/$eventId/people",
      params: { eventId },
      // What was told while somebody typed stays.
      search: (before) => ({ ...before, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const [typed, type] = useTyped(search.text ?? "", (text) => go({ text: text || undefined }));
  return (
    <search className="people-filters">
      <Field label={t.search} name="text" type="search" value={typed} onChange={type} />
      <Select
        label={t.status}
        name="status"
        value={standingIn(search)}
        onChange={(standing) => go({ standing: standing === "live" ? undefined : standing })}
        options={STANDINGS.map((value) => ({
          value,
          label: isGroup(value) ? t.groups[value] : wordsFor(value),
        }))}
      />
      {departments && departments.length > 0 && (
        <Select
          label={t.department}
          name="departmentId"
          value={search.departmentId ?? ""}
          onChange={(departmentId) => go({ departmentId: departmentId || undefined })}
          options={[
            { value: "", label: t.anyDepartment },
            ...departments.map(({ id, depth, name }) => ({
              value: id,
              label: `${"\u3000".repeat(depth)}${localized(name, locale).text}`,
            })),
          ]}
        />
      )}
    </search>
  );
}

function isGroup(standing: Standing): standing is Group {
  return GROUPS.some((group) => group === standing);
}
