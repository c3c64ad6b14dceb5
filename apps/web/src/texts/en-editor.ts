import type { editor as japanese } from "./ja-editor.ts";

const number = new Intl.NumberFormat("en-GB");
const plurals = new Intl.PluralRules("en");
const n = (value: number) => number.format(value);
const count = (value: number, one: string, other: string) =>
  `${n(value)} ${plurals.select(value) === "one" ? one : other}`;
const people = (value: number) => count(value, "person", "people");

/** What organisers read while they change an event. */
export const editor: typeof japanese = {
  title: "Edit the event",
  save: "Save the changes",
  discard: "Drop the changes",
  saved: "Saved.",
  savedAndTold: (told) => `Saved. ${told}`,
  notChangeable: {
    title: "This event cannot be changed any more.",
    next: "Events that are over or cancelled stay as they are.",
  },
  told: (value) => `${people(value)} will be told of the change.`,
  toldSeries: (events, value) =>
    `${count(events, "event changes", "events change")}, and up to ${people(value)} will be told.`,
  toldInSeries: "Everyone who registered for the events it changes will be told.",
  toldNext: "A new title, time, place or link goes to everyone who registered, in one e-mail.",
  capacityTaken: (taken) =>
    `${count(taken, "seat is", "seats are")} already taken. Please enter ${n(taken)} or more.`,
  promotes: (value) => `The new seats go to ${people(value)} on the waitlist, in order.`,
  admits: (value) =>
    `Approval is no longer needed, so ${people(value)} awaiting it will be approved in the order they registered.`,
  admitsNext: {
    waitlist: "They are confirmed while there are seats. After that they join the waitlist.",
    none: "If there are not enough seats for all of them, it cannot be saved.",
  },
  conflict: "The event has been changed since you began to edit it.",
  conflictBy: "By someone else, or by you in another tab.",
  conflictTheirs: (fields) => `Changed there: ${fields}`,
  conflictBoth: (fields) => `Changed here as well: ${fields}`,
  seeTheirs: "See the saved version",
  keepMine: "Put my changes on top",
  kept: "Your changes are on top of the saved version.",
  keptNext: "Have a look, then save.",
  fields: {
    titleJa: "Title (Japanese)",
    titleEn: "Title (English)",
    descriptionJa: "Description (Japanese)",
    descriptionEn: "Description (English)",
    category: "Category",
    date: "Date",
    from: "Start",
    endDate: "End date",
    to: "End",
    timeZone: "Time zone",
    capacity: "Capacity",
    waitlistMode: "When it is full",
    offerHours: "Hours a seat is held",
    admission: "How seats are given",
    drawAt: "Time of the draw",
    audience: "Who can register",
    departmentIds: "Departments",
    location: "Place",
    locationFor: "Who sees the place",
    onlineUrl: "Link to join online",
    registrationOpens: "Registration opens",
    registrationCloses: "Registration closes",
    cancelUntil: "Deadline to cancel",
    answersUntil: "Deadline to change answers",
    questions: "Questions",
    repeat: "Repeat",
  },
};
