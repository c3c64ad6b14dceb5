import type { ProblemReason } from "#web/problems/problem.ts";
import type { Refusal } from "./ja-refusals.ts";

export const refusals: Record<ProblemReason, Refusal> = {
  VALIDATION: {
    title: "Please check what you entered.",
    next: "Correct the marked fields, then try again.",
  },
  NOT_SIGNED_IN: {
    title: "You have been signed out.",
    next: "Sign in again to go on where you left off.",
  },
  MFA_REQUIRED: {
    title: "A confirmation code is needed.",
    next: "Enter the code that your authenticator app shows.",
  },
  SSO_REQUIRED: {
    title: "Please use your organisation's single sign-on.",
    next: "Your organisation does not use passwords here.",
  },
  FORBIDDEN: {
    title: "You do not have permission for this.",
    next: "If you need it, ask the organiser or an administrator.",
  },
  NOT_IN_AUDIENCE: {
    title: "This event is open to another group of people.",
    next: "If you would like to join, ask the organiser.",
  },
  NOT_FOUND: {
    title: "We could not find this.",
    next: "It may have been removed or is no longer public. Have a look at the list of events.",
  },
  LINK_EXPIRED: {
    title: "This link has expired.",
    next: "Please ask for a new one.",
  },
  SOLD_OUT: {
    title: "The last seat has just been taken.",
    next: "This event has no waitlist. Have a look at other dates.",
  },
  ALREADY_REGISTERED: {
    title: "You are already registered.",
    next: "Your receipt number and status are under “My registrations”.",
  },
  ACCOUNT_DISABLED: {
    title: "This person's account is disabled.",
    next: "Their registration stays as it is, and they can have a seat once an administrator enables the account again.",
  },
  NOT_OPEN_YET: {
    title: "Registration has not opened yet.",
    next: "Come back once it has opened.",
  },
  REGISTRATION_CLOSED: {
    title: "Registration has closed.",
    next: "If you would still like to join, ask the organiser.",
  },
  EVENT_CANCELLED: {
    title: "This event has been cancelled.",
    next: "Have a look at other events in the list.",
  },
  CANCEL_DEADLINE_PASSED: {
    title: "The deadline to cancel has passed.",
    next: "If you cannot come, please tell the organiser.",
  },
  OFFER_EXPIRED: {
    title: "The offer has expired.",
    next: "The seat went to the next person. You can join the waitlist again.",
  },
  CAPACITY_BELOW_TAKEN: {
    title: "The capacity cannot be lower than the seats already taken.",
    next: "Choose a number at least as large as the seats taken.",
  },
  SURVEY_CLOSED: {
    title: "The survey has closed.",
    next: "The organiser will still be glad to hear from you directly.",
  },
  ALREADY_ANSWERED: {
    title: "You have answered this survey.",
    next: "Thank you for your answers.",
  },
  TRANSLATION_MISSING: {
    title: "A translation is missing.",
    next: "Add it, or choose to publish in one language only.",
  },
  VERSION_CONFLICT: {
    title: "Another change was saved first.",
    next: "Reload the page, look at the latest version, then make your change.",
  },
  STATE_CONFLICT: {
    title: "Things have changed, so this is no longer possible.",
    next: "Reload the page to see the latest state.",
  },
  LEGAL_HOLD: {
    title: "This is under a legal hold and cannot be changed.",
    next: "Please ask an administrator.",
  },
  IDEMPOTENCY_MISMATCH: {
    title: "The same action was sent with different contents.",
    next: "Reload the page and try again.",
  },
  RATE_LIMITED: {
    title: "That was a lot in a short time, so we have paused for a moment.",
    next: "Please wait a little, then try again.",
  },
  OVERLOADED: {
    title: "We are very busy right now.",
    next: "Please wait a moment, then try again.",
  },
  TIMEOUT: {
    title: "The answer is taking too long.",
    next: "Please try again in a moment. Nothing will be done twice.",
  },
  INTERNAL: {
    title: "Something did not work on our side.",
    next: "Please try again.",
  },
  UNREACHABLE: {
    title: "We cannot reach the server.",
    next: "Check your connection, then try again.",
  },
};
