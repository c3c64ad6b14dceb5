import type { publishing as japanese } from "./ja-publishing.ts";

const n = (value: number) => new Intl.NumberFormat("en-GB").format(value);

/** What organisers read about the way from a draft to the public. */
export const publishing: typeof japanese = {
  panel: "For organisers",
  draft: "This is a draft.",
  draftNext: "Once published, people find it in the list and can register.",
  publish: "Publish",
  wholeSeries: "Publish all drafts of the series",
  unfit: {
    endsAt: {
      title: "Its end has passed, so it cannot be published.",
      next: "Give it a later date in the editor, and you can publish it.",
    },
    registrationClosesAt: {
      title: "Registration would be closed already, so it cannot be published.",
      next: "Give registration a later deadline in the editor, and you can publish it.",
    },
    drawAt: {
      title: "The time of its draw has passed, so it cannot be published.",
      next: "Give the draw a later time in the editor, and you can publish it.",
    },
    other: {
      title: "Its times do not fit together, so it cannot be published.",
      next: "Check the dates and deadlines in the editor, and you can publish it.",
    },
  },
  unfitIn: (date) => `It is the event on ${date}.`,
  toField: "Change the time",
  windowOver: (moment) =>
    `Registration closed ${moment}. With a later deadline it takes registrations again.`,
  windowOverClosed: (moment) =>
    `Its deadline was ${moment}. Give registration a later one, and you can reopen it.`,
  toDeadline: "Change the deadline",
  reopenedOpens: (moment) => `Registration is no longer closed. It opens ${moment}.`,
  duplicated: "A copy was made as a draft. It is not published yet.",
  duplicateInvited:
    "Makes a draft with the same contents, a week later at the same time. It keeps the list of invited people, who get an e-mail once it is published.",
  missingTitle: "A translation is missing",
  missingBody: (languages) =>
    `Some texts are not there in ${languages.join(" and ")}. If you publish now, people read the other language in their place.`,
  missing: "What is missing",
  missingMore: (count) => `and ${n(count)} more`,
  missingIn: (date) => `The event on ${date} lacks a translation.`,
  question: (place) => `Question ${n(place)}`,
  option: (place, option) => `Question ${n(place)}, option ${n(option)}`,
  inLanguage: (name, language) => `${name} (${language})`,
  anyway: "Publish anyway",
  no: "Not now",
  published: "Published.",
  publishedNext: "It is in the list now and takes registrations.",
  publishedOpens: (moment) => `It is in the list now. Registration opens ${moment}.`,
  publishedClosed: "It is in the list now. Registration has closed.",
  wholeSeriesPublished: (events) => `All ${n(events)} events of the series are published.`,
  partPublished: (events, all) =>
    `${n(events)} of the ${n(all)} events of the series are published.`,
  forInvited: "Only the people you invite see it. Those with an account get an e-mail.",
  invite: "Choose whom to invite",
};
