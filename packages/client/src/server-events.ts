import type { Clock } from "./clock.ts";

export type ServerEvent = { type: string; id: string | undefined; data: string };

type Listening = { clock: Clock; signal: AbortSignal; silentMs: number };

/** The events of a stream, as its standard says; a comment is none. Throws when nothing at all comes for too long. */
export async function* eventsOf(
  body: ReadableStream<Uint8Array>,
  listening: Listening,
): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), listening);
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parse(block);
        if (event !== undefined) yield event;
      }
    }
  } finally {
    // What is left of it is nobody's any more.
    reader.cancel().catch(() => {});
  }
}

function parse(block: string): ServerEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ""] = /^([^:]+)(?:: ?(.*))?$/.exec(line) ?? [];
    if (name === undefined) continue;
    const before = name === "data" ? fields.get(name) : undefined;
    fields.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  const data = fields.get("data");
  if (data === undefined) return undefined;
  return { type: fields.get("event") ?? "message", id: fields.get("id"), data };
}

async function inTime<Value>(
  read: Promise<Value>,
  { clock, signal, silentMs }: Listening,
): Promise<Value> {
  const heard = new AbortController();
  const either = AbortSignal.any([signal, heard.signal]);
  const silence = async () => {
    await clock.sleep(silentMs, either);
    throw new Error(`nothing came for ${silentMs} ms`);
  };
  try {
    return await Promise.race([read, silence()]);
  } finally {
    heard.abort();
  }
}
