import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import type { SignInInput } from "@tsudoi/shared/accounts.ts";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { DoorPage } from "./door-page.tsx";
import { useArrival } from "./use-arrival.ts";
import { useSession } from "./use-session.ts";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { texts } = useTexts();
  const t = texts.signIn;
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  const signIn = useSignIn();
  const isNoAddress = signIn.isError && isRefused("email", signIn.error);
  useEffect(() => {
    if (isNoAddress) form.current?.querySelector<HTMLElement>("[name=email]")?.focus();
  }, [isNoAddress]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { email, password } = readForm(event.currentTarget);
    const found = {
      ...(email ? {} : { email: t.emailNeeded }),
      ...(password ? {} : { password: t.passwordNeeded }),
    };
    setMissing(found);
    const [first] = Object.keys(found);
    if (first) form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
    else signIn.mutate({ email, password });
  }

  return (
    <DoorPage title={t.title} lead={t.lead}>
      <form ref={form} onSubmit={submit} noValidate className="door-form">
        <Insecure />
        {signIn.isError && !isNoAddress && (
          <ProblemNotice
            error={signIn.error}
            instead={{
              NOT_SIGNED_IN: { title: t.wrong, next: t.wrongNext },
              VALIDATION: { title: t.wrong, next: t.wrongNext },
              RATE_LIMITED: { title: t.tooMany, next: t.tooManyNext },
            }}
          />
        )}
        <Field
          label={t.email}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          autoFocus
          error={missing.email ?? (isNoAddress ? t.emailWrong : undefined)}
        />
        <Field
          label={t.password}
          name="password"
          type="password"
          autoComplete="current-password"
          error={missing.password}
        />
        <Button type="submit" size="large" wide isPending={signIn.isPending}>
          {t.submit}
        </Button>
      </form>
    </DoorPage>
  );
}

/** Without HTTPS the browser keeps no session cookie: better said before than found out. */
function Insecure() {
  const { texts } = useTexts();
  if (window.isSecureContext) return null;
  return (
    <Notice tone="warn" title={texts.signIn.insecure}>
      {texts.signIn.insecureNext}
    </Notice>
  );
}

function useSignIn() {
  const session = useSession();
  const router = useRouter();
  const arrive = useArrival();
  const { to = "/" } = route.useSearch();
  return useMutation({
    mutationFn: (input: SignInInput) => session.signIn(input),
    onSuccess: async (user) => {
      arrive(user);
      await router.navigate({ href: to, replace: true });
    },
  });
}

/** Judged by the API, so that the page loads no schema. */
function isRefused(field: string, error: unknown): boolean {
  return toProblem(error).issues?.some(({ path }) => path === field) ?? false;
}

function readForm(form: HTMLFormElement): SignInInput {
  const data = new FormData(form);
  return { email: String(data.get("email")).trim(), password: String(data.get("password")) };
}
