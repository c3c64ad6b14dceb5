import type { Tsudoi } from "#bench/contenders/tsudoi.ts";

/** One change asked for by an organiser. */
export async function askTsudoi<Data>(
  { server, organizerToken }: Tsudoi,
  procedure: string,
  input: object,
): Promise<Data> {
  const response = await fetch(`http://127.0.0.1:${server.port}/trpc/${procedure}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${organizerToken}`,
      "x-forwarded-for": "10.255.0.1",
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${procedure} was refused: ${await response.text()}`);
  const { result } = (await response.json()) as { result: { data: Data } };
  return result.data;
}
