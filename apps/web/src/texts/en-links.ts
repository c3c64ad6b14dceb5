import type { links as ja } from "./ja-links.ts";

export const links: typeof ja = {
  offerTitle: "A seat is held for you",
  accept: {
    lead: (name: string) => `${name}, a seat is held for you. Will you come?`,
    press: "Accept the seat",
    working: "Confirming your seat",
    until: "Reply by",
    instead: "Decline it instead",
  },
  decline: {
    lead: (name: string) => `${name}, your seat will go to the next person.`,
    press: "Decline the seat",
    working: "Passing your seat on",
    until: "Reply by",
    instead: "Accept it instead",
  },
  leaveTitle: "If you cannot come",
  leave: {
    lead: (name: string) => `${name}, this cancels your registration. It cannot be undone.`,
    press: "Cancel my registration",
    working: "Cancelling your registration",
    until: "Deadline to cancel",
  },
  states: {
    confirmed: {
      title: "Your seat is confirmed",
      next: "Sign in to see your receipt number and the place.",
    },
    waitlisted: {
      title: "You are on the waitlist",
      next: "We will write to you when a seat opens.",
    },
    pending: { title: "Waiting for the result", next: "We will write to you once it is decided." },
    declined: { title: "You declined the seat", next: "Thank you for letting us know." },
    expired: {
      title: "The offer has expired",
      next: "The seat went to the next person. Sign in to register again.",
    },
    cancelled: {
      title: "This registration is cancelled",
      next: "Sign in to register again.",
    },
    rejected: {
      title: "This registration was not accepted",
      next: "Please ask the organiser if anything is unclear.",
    },
    tooLate: {
      title: "The deadline to cancel has passed",
      next: "Please tell the organiser that you cannot come.",
    },
    eventCancelled: {
      title: "This event is cancelled",
      next: "There is nothing you need to do.",
    },
  },
  mine: "Sign in to see your registrations",
  gone: {
    title: "This link does not work.",
    next: "It was cut short, or the event is over. Sign in to see your registrations.",
  },
};
