import { MINUTE } from "@tsudoi/shared/time.ts";

const CHECK_EVERY_MS = 5 * MINUTE;

/** Tells when the server has another build than this page; it is asked at once when a part did not come. */
export function watchForNewerBuild(onNewer: () => void): () => void {
  const own = document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content;
  const stop = new AbortController();
  const { signal } = stop;
  if (!own || import.meta.env.DEV) return () => stop.abort();

  async function check(): Promise<void> {
    if (document.visibilityState === "hidden") return;
    const build = await publishedBuild(signal);
    if (build !== undefined && build !== own) onNewer();
  }
  window.addEventListener("vite:preloadError", () => void check(), { signal });
  const timer = setInterval(() => void check(), CHECK_EVERY_MS);
  document.addEventListener("visibilitychange", () => void check(), { signal });
  return () => {
    clearInterval(timer);
    stop.abort();
  };
}

/** An unreachable server has no newer build: the next check will tell. */
async function publishedBuild(signal: AbortSignal): Promise<string | undefined> {
  try {
    const answer = await fetch("/version.json", { cache: "no-store", signal });
    if (!answer.ok) return undefined;
    const { build }: { build?: unknown } = await answer.json();
    return typeof build === "string" ? build : undefined;
  } catch {
    return undefined;
  }
}
