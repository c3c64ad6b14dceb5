import type { covers as ja } from "./ja-covers.ts";

export const covers: typeof ja = {
  title: "Cover picture",
  hint: "Shown in lists and on the event's page. JPEG, PNG, WebP or AVIF, up to 8 MB.",
  choose: "Choose a picture",
  drop: "Or drop one here.",
  dropNow: "Drop it here.",
  change: "Choose another one",
  remove: "Remove",
  removeFrom: "From which events of the series?",
  keep: "Keep it",
  crop: "Its middle is shown, cut to 16:9, and on the event's page a strip of it where the screen is wide. Where it was taken and the like is left out.",
  accept: "Use this picture",
  giveUp: "Discard",
  reading: "Reading the picture",
  sending: (percent) => `Sending ${percent}%`,
  making: "Preparing the picture",
  set: "The cover picture is set.",
  removed: "The cover picture is removed.",
  refused: {
    unreadable: {
      title: "This picture cannot be read.",
      next: "Choose a JPEG, PNG, WebP or AVIF picture.",
    },
    too_small: {
      title: "This picture is too small.",
      next: "Choose one of at least 480 × 270 pixels.",
    },
    too_many_pixels: {
      title: "This picture is too large.",
      next: "Choose a smaller version of it.",
    },
    too_big: { title: "This file is too large.", next: "Choose a picture of up to 8 MB." },
  },
};
