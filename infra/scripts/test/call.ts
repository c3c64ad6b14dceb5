/** Calls one procedure; a refusal is thrown as its reason. */
export async function call<Answer>(
  url: string,
  procedure: string,
  {
    input,
    token,
    method = "POST",
  }: { input?: unknown; token?: string; method?: "GET" | "POST" } = {},
): Promise<Answer> {
  const query =
    method === "GET" && input !== undefined
      ? `?input=${encodeURIComponent(JSON.stringify(input))}`
      : "";
  const answer = await fetch(`${url}/trpc/${procedure}${query}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(method === "POST" ? { body: JSON.stringify(input ?? {}) } : {}),
  });
  const body = (await answer.json()) as {
    result?: { data: Answer };
    error?: { data: { reason: string } };
  };
  if (body.result === undefined)
    throw new Error(body.error?.data.reason ?? `status ${answer.status}`);
  return body.result.data;
}
