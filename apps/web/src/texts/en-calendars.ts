import type { calendars as japanese } from "./ja-calendars.ts";

/** One's events in one's own calendar. */
export const calendars: typeof japanese = {
  add: "Add to calendar",
  adding: "Preparing the calendar file",
  title: "In your own calendar",
  lead: "Your events can appear in the calendar of your phone or computer. Subscribe once, and what you join and what changes follows by itself.",
  subscribe: "Subscribe",
  address: "Address of your calendar",
  copy: "Copy",
  copied: "The address is copied.",
  byHand: "The address is selected for you to copy.",
  addressHint:
    "Paste it in Google Calendar or Outlook to subscribe there. Changes may take a few hours to appear.",
  secret: "Whoever knows this address can see your events.",
  rotate: "Get a new address",
  rotateTitle: "Get a new address?",
  rotateBody:
    "The address you have now stops working at once. Subscribe again with the new one in the calendars you use.",
  rotateYes: "Get a new one",
  rotateNo: "Not now",
  rotated: "You have a new address.",
};
