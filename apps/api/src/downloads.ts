import { Readable } from "node:stream";
import { type Deadline, deadlineIn } from "@tsudoi/core/platform/deadline.ts";
import type { Logger } from "@tsudoi/core/platform/log.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { DownloadOutcome } from "@tsudoi/telemetry/names.ts";

/** Each holds some buffers for as long as its reader takes, and a connection to the database for a page at a time. */
const MOST_AT_ONCE = 20;
const DOWNLOAD_MS = 10 * MINUTE;
const RETRY_AFTER_MS = 10_000;

export type Downloads = { begin: () => Download };

export type Download = {
  deadline: Deadline;
  /** The content at its reader's pace; it ends with the reader, and at the deadline. */
  stream: (content: AsyncIterable<Buffer>) => Readable;
  /** For a download that came to nothing. */
  giveUp: () => void;
};

type Options = {
  metrics: Metrics;
  log: Logger;
  most?: number;
  milliseconds?: number;
};

/** The downloads of one process: only so many at once, and none for ever. */
export function createDownloads(options: Options): Downloads {
  const { metrics, log, most = MOST_AT_ONCE, milliseconds = DOWNLOAD_MS } = options;
  let active = 0;
  const count = (change: 1 | -1) => {
    active += change;
    metrics.downloadsActive.set(active);
  };

  return {
    begin() {
      if (active >= most) throw new DomainError("OVERLOADED", { retryAfterMs: RETRY_AFTER_MS });
      count(1);
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), milliseconds);
      const end = () => {
        clearTimeout(timer);
        count(-1);
      };
      return {
        deadline: deadlineIn(milliseconds),
        giveUp: end,
        stream(content) {
          const since = performance.now();
          const taken = { bytes: 0, isWhole: false };
          const stream = Readable.from(counted(content, taken), {
            objectMode: false,
            signal: late.signal,
          });
          // The one event that always comes, also when nobody has read a byte.
          return stream.once("close", () => {
            end();
            const outcome = outcomeOf(stream, taken.isWhole);
            metrics.downloadsTotal.inc({ outcome });
            const seconds = (performance.now() - since) / 1_000;
            log.info({ outcome, bytes: taken.bytes, seconds }, "a download is over");
          });
        },
      };
    },
  };
}

type Taken = { bytes: number; isWhole: boolean };

async function* counted(content: AsyncIterable<Buffer>, taken: Taken): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    taken.bytes += chunk.length;
    yield chunk;
  }
  taken.isWhole = true;
}

function outcomeOf({ errored }: Readable, isWhole: boolean): DownloadOutcome {
  if (isWhole) return "ok";
  if (errored === null) return "left";
  const isLate =
    errored.name === "AbortError" ||
    (errored instanceof DomainError && errored.reason === "TIMEOUT");
  return isLate ? "expired" : "failed";
}
