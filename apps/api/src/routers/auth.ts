import type { SessionTokens } from "@tsudoi/core/auth/open-session.ts";
import { getMe } from "@tsudoi/core/auth/queries.ts";
import { refresh } from "@tsudoi/core/auth/refresh.ts";
import { setLocale } from "@tsudoi/core/auth/set-locale.ts";
import { setUp } from "@tsudoi/core/auth/set-up.ts";
import { signIn } from "@tsudoi/core/auth/sign-in.ts";
import { signOut } from "@tsudoi/core/auth/sign-out.ts";
import {
  type AccessToken,
  SetLocaleInput,
  SetUpInput,
  SignInInput,
} from "@tsudoi/shared/accounts.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { NoInput } from "@tsudoi/shared/system.ts";
import type { ApiContext } from "#api/context.ts";
import { attemptSignIn } from "#api/sign-in-attempts.ts";
import { procedure, router } from "#api/trpc.ts";

export const authRouter = router({
  signIn: procedure.input(SignInInput).mutation(async ({ ctx, input }) => {
    const { userAgent } = ctx.request;
    const attempt = () => signIn(ctx, userAgent === undefined ? input : { ...input, userAgent });
    const session = await attemptSignIn(ctx, input.email, attempt);
    return { ...keepSession(ctx, session), user: session.user };
  }),
  setUp: procedure.input(SetUpInput).mutation(async ({ ctx, input }) => {
    const session = await setUp(ctx, input);
    return { ...keepSession(ctx, session), user: session.user };
  }),
  refresh: procedure.input(NoInput).mutation(async ({ ctx }) => {
    const { refreshToken } = ctx.request;
    if (refreshToken === undefined) throw new DomainError("NOT_SIGNED_IN");
    return keepSession(ctx, await refresh(ctx, { refreshToken }));
  }),
  signOut: procedure.input(NoInput).mutation(async ({ ctx }) => {
    const { refreshToken } = ctx.request;
    if (refreshToken !== undefined) await signOut(ctx, { refreshToken });
    ctx.request.dropRefresh();
    return {};
  }),
  me: procedure.input(NoInput).query(({ ctx }) => getMe(ctx)),
  setLocale: procedure.input(SetLocaleInput).mutation(({ ctx, input }) => setLocale(ctx, input)),
});

/** The refresh token leaves in the cookie only; scripts see the access token. */
function keepSession(ctx: ApiContext, session: SessionTokens): AccessToken {
  ctx.request.keepRefresh(session.refreshToken, session.refreshExpiresAt);
  return { accessToken: session.accessToken, expiresAt: session.expiresAt };
}
