export type Calm = { ask: () => void; stop: () => void };

/** Does something as soon as it is asked for, and however often that is, only a while after it was last done. */
export function calmly(run: () => Promise<unknown>, pauseMs: number): Calm {
  let isResting = false;
  let isAsked = false;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function rest(): void {
    if (isOver) return;
    timer = setTimeout(() => {
      isResting = false;
      if (isAsked) ask();
    }, pauseMs);
  }
  function ask(): void {
    isAsked = isResting;
    if (isResting) return;
    isResting = true;
    // What went wrong is told where it is shown.
    void run().then(rest, rest);
  }
  return {
    ask,
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
