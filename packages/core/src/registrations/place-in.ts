/** The place of this number in a queue's order, from 1, also where its registration has come or moved since. */
export function placeIn(queue: readonly number[], queueNo: number): number {
  let [from, to] = [0, queue.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((queue[middle] ?? 0) < queueNo) from = middle + 1;
    else to = middle;
  }
  return from + 1;
}
