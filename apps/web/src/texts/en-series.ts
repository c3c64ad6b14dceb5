import type { series as japanese } from "./ja-series.ts";

const n = (value: number) => new Intl.NumberFormat("en-GB").format(value);

/** What organisers read of the events that belong together. */
export const series: typeof japanese = {
  title: "Which events of the series?",
  into: "Which events of the series?",
  this: "This one only",
  following: "This one and those after it",
  all: "All of the series",
  saves: {
    this: "Saving changes this event only.",
    following: "Saving changes this event and those after it.",
    all: "Saving changes all of the series.",
  },
  allHint: "Those that are over or cancelled stay as they are.",
  label: "Other events of the series",
  place: (place, all) => `${n(place)} of ${n(all)} in its series`,
  part: "One of a series.",
  previous: "Previous",
  next: "Next",
};
