import { ASK_AGAIN_MS } from "@tsudoi/core/platform/breaker.ts";
import type { Mailer } from "@tsudoi/core/platform/mail.ts";
import type { Worker } from "bullmq";

/**
 * Lets a worker rest while the mail server is known to be down: its jobs wait in line instead of being taken and
 * put back all the time. Now and then it takes as many as it has slots for, and the first of them asks again.
 */
export function hold(
  worker: Pick<Worker, "pause" | "resume">,
  mailer: Pick<Mailer, "onCircuitChange">,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  mailer.onCircuitChange((circuit) => {
    clearTimeout(timer);
    if (isOver) return;
    if (circuit === "closed") return void worker.resume();
    void worker.pause(true);
    if (circuit === "open") timer = setTimeout(() => void worker.resume(), ASK_AGAIN_MS);
  });
  return {
    [Symbol.dispose]() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
