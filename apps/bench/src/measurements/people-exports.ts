import type { Tsudoi } from "#bench/contenders/tsudoi.ts";
import type { Stage } from "#bench/stage/stage.ts";
import { askTsudoi } from "./ask-tsudoi.ts";

/** Milliseconds from the link until its first byte, and until its last. */
export type Export = { first: number; last: number };

/** The list of everybody as a file, a link for each. */
export async function readExports(
  stage: Stage,
  { tsudoi, eventId }: { tsudoi: Tsudoi; eventId: string },
): Promise<Export[]> {
  const exports: Export[] = [];
  for (let round = 0; round < stage.settings.crowded.rounds; round += 1) {
    const { url } = await askTsudoi<{ url: string }>(tsudoi, "registrations.export", {
      eventId,
      format: "csv",
    });
    exports.push(await readExport(`http://127.0.0.1:${tsudoi.server.port}${url}`));
    stage.say(`people: export ${round + 1}`);
  }
  return exports;
}

async function readExport(url: string): Promise<Export> {
  const since = performance.now();
  const response = await fetch(url);
  const reader = response.body?.getReader();
  if (!response.ok || reader === undefined) throw new Error(`an export ended: ${response.status}`);
  await reader.read();
  const first = performance.now() - since;
  while (!(await reader.read()).done);
  return { first, last: performance.now() - since };
}
