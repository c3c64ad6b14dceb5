import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import type { SetUpInput } from "@tsudoi/shared/accounts.ts";
import { type FormEvent, useRef, useState } from "react";
import { DoorPage } from "#web/auth/door-page.tsx";
import { useArrival } from "#web/auth/use-arrival.ts";
import { useSession } from "#web/auth/use-session.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useFocusFirstProblem } from "#web/problems/use-focus-first-problem.ts";
import { type Texts, useTexts } from "#web/texts/texts.tsx";
import { readerZone } from "#web/time/zoned.ts";
import { Button } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import "./set-up-page.css";

const route = getRouteApi("/set-up/$token");

type FieldName = keyof Texts["setUp"]["problems"];

export function SetUpPage() {
  const { locale, texts } = useTexts();
  const t = texts.setUp;
  const { token } = route.useParams();
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const setUp = useSetUp(setProblems);
  useFocusFirstProblem(form, problems);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = readForm(event.currentTarget);
    setProblems([]);
    setUp.mutate({ ...typed, token, locale, timeZone: readerZone() });
  }
  const error = (field: FieldName) => (problems.includes(field) ? t.problems[field] : undefined);

  return (
    <DoorPage title={t.title} lead={t.lead}>
      <form ref={form} onSubmit={submit} noValidate className="door-form">
        {setUp.isError && (
          <ProblemNotice
            error={setUp.error}
            instead={{
              LINK_EXPIRED: { title: texts.refusals.LINK_EXPIRED.title, next: t.expiredNext },
            }}
          />
        )}
        <Field
          label={t.organization}
          name="organizationName"
          autoComplete="organization"
          autoFocus
          error={error("organizationName")}
        />
        <div className="name-row">
          <Field
            label={t.familyName}
            name="familyName"
            autoComplete="family-name"
            error={error("familyName")}
          />
          <Field
            label={t.givenName}
            name="givenName"
            autoComplete="given-name"
            error={error("givenName")}
          />
        </div>
        <Field
          label={t.email}
          name="email"
          type="email"
          autoComplete="username"
          error={error("email")}
        />
        <Field
          label={t.password}
          hint={t.passwordHint}
          name="password"
          type="password"
          autoComplete="new-password"
          error={error("password")}
        />
        <Button type="submit" size="large" wide isPending={setUp.isPending}>
          {t.submit}
        </Button>
      </form>
    </DoorPage>
  );
}

function useSetUp(onRefused: (fields: string[]) => void) {
  const session = useSession();
  const router = useRouter();
  const arrive = useArrival();
  return useMutation({
    mutationFn: (input: SetUpInput) => session.setUp(input),
    onSuccess: async (user) => {
      arrive(user);
      await router.navigate({ to: "/", replace: true });
    },
    onError: (error) => onRefused((toProblem(error).issues ?? []).map(({ path }) => path)),
  });
}

/** The API judges: what is not filled in comes back as a problem at its field. */
function readForm(form: HTMLFormElement) {
  const data = new FormData(form);
  const read = (name: FieldName) => String(data.get(name) ?? "");
  return {
    organizationName: read("organizationName"),
    familyName: read("familyName"),
    givenName: read("givenName"),
    email: read("email"),
    password: read("password"),
  };
}
