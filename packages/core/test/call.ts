import type { Reason } from "@tsudoi/shared/errors.ts";
import type { Tokens } from "#core/platform/tokens.ts";

export type Answer<Data> =
  | { ok: true; status: number; data: Data; headers: Headers }
  | { ok: false; status: number; reason: Reason; headers: Headers; body: unknown };

export type CallOptions = { token?: string; headers?: Record<string, string>; query?: boolean };

/** One procedure over HTTP, as any program would call it; a connection that breaks rejects. */
export async function call<Data>(
  baseUrl: string,
  [path, input]: [path: string, input?: unknown],
  options: CallOptions = {},
): Promise<Answer<Data>> {
  const headers = {
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    ...options.headers,
  };
  const response = options.query
    ? await fetch(queryUrl(baseUrl, path, input), { headers })
    : await fetch(`${baseUrl}/trpc/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(input ?? {}),
      });
  if (response.headers.get("content-type") === "text/event-stream") return closeStream(response);
  const body = (await response.json()) as Wire<Data>;
  return body.error === undefined
    ? { ok: true, status: response.status, data: body.result.data, headers: response.headers }
    : {
        ok: false,
        status: response.status,
        reason: body.error.data.reason,
        headers: response.headers,
        body,
      };
}

/** A stream that was opened has nothing to say yet. */
async function closeStream<Data>({ status, headers, body }: Response): Promise<Answer<Data>> {
  await body?.cancel();
  return { ok: true, status, data: undefined as Data, headers };
}

type Wire<Data> =
  | { result: { data: Data }; error?: undefined }
  | { error: { data: { reason: Reason } } };

function queryUrl(baseUrl: string, path: string, input: unknown): string {
  const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return `${baseUrl}/trpc/${path}${search}`;
}

/** What the person would hold after signing in. */
export async function tokenFor(
  tokens: Tokens,
  user: { organizationId: string; id: string; role: "member" | "organizer" | "admin" },
): Promise<string> {
  const { accessToken } = await tokens.signAccess(
    {
      organizationId: user.organizationId,
      userId: user.id,
      role: user.role,
      sessionId: "01890000-0000-7000-8000-000000000000",
    },
    new Date(),
  );
  return accessToken;
}
