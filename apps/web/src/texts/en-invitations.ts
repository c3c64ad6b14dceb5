import type { invitations as japanese } from "./ja-invitations.ts";

const number = new Intl.NumberFormat("en-GB");
const plurals = new Intl.PluralRules("en");
const n = (value: number) => number.format(value);
const people = (value: number) =>
  `${n(value)} ${plurals.select(value) === "one" ? "person" : "people"}`;

/** What organisers read about who is invited. */
export const invitations: typeof japanese = {
  lead: "Those you invited, and those who came by the link.",
  openTitle: "No invitation is needed for this event",
  openBody:
    "Set “Who can register” to “Only people who are invited” in the editor to invite people here.",
  toAudience: "Change who can register",
  listKept: "Invited before. Their invitations count again once only invited people can register.",
  table: "Invited people",
  via: "How",
  vias: { list: "Invited", link: "By the link" },
  removeOf: (email) => `Remove ${email}`,
  removed: (email) => `${email} is no longer invited.`,
  search: "Find by e-mail address or name",
  noneTitle: "Nobody matches",
  noneBody: "Try a shorter word, or none.",
  shown: (value) => `${people(value)} shown`,
  end: "That is everyone",
  emptyTitle: "Nobody is invited yet",
  emptyBody: "Enter addresses or pass the link on, and people appear here.",
  add: "Invite by address",
  addresses: "E-mail addresses",
  addressesHint: "One to a line, or pasted from your e-mail program.",
  mailed: {
    now: "Those with an account get one e-mail with the link to the event.",
    published:
      "Once the event is published, those with an account get one e-mail with the link to it.",
    reopened:
      "Once registration is open again, those with an account get one e-mail with the link to the event.",
    never: "No e-mail is sent to them.",
  },
  onePerSeries: "Each person gets one e-mail for the whole series.",
  noAccount: "Those without an account find the event in their list once they have one.",
  needed: "Please enter an e-mail address.",
  wrong: (part) => `“${part}” does not look like an e-mail address.`,
  many: (most) => `Up to ${people(most)} can be invited at a time.`,
  full: (most) => `An event's list has room for ${people(most)}. Nobody was added.`,
  invited: (value) =>
    value === 0 ? "All of them were invited before." : `${people(value)} invited.`,
  submit: "Invite",
  link: "Invite link",
  linkLead: "Whoever of the organisation opens it is invited.",
  linkOnly: "It invites to this event alone.",
  copy: "Copy",
  copied: "Copied.",
  byHand: "It is selected. Please copy it with your keyboard.",
  rotate: "Make a new link",
  rotateTitle: "Make a new link?",
  rotateBody: "The present one will no longer work. Those who came by it stay invited.",
};
