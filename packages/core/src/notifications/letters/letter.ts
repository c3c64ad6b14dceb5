import type { MAIL_TEMPLATES } from "@tsudoi/telemetry/names.ts";
import type { EventFacts, MessageFacts } from "#core/notifications/message-facts.ts";

/** A line of what a letter is about. */
export type Fact = {
  label: string;
  value: string;
  /** The same by the reader's own clock, where that is another. */
  readersTime?: string;
  /** What it was before the change that is told. */
  before?: string;
};

export type Action = { label: string; url: string };

/** What a letter says beyond its greeting and its end. */
export type Letter = {
  template: (typeof MAIL_TEMPLATES)[number];
  subject: string;
  /** What happened, in one line. */
  heading: string;
  paragraphs: string[];
  /** What somebody wrote, in their words. */
  quote?: { label: string; text: string } | undefined;
  facts: Fact[];
  /** What the reader may do; the first is the one most will want. */
  actions: Action[];
  /** A seat to put into the reader's calendar, or to take out of it. */
  calendar?: "REQUEST" | "CANCEL" | undefined;
};

/** Where a letter's links lead, for the event it is about. */
export type EventLinks = { event: string; draw: string; manage: string };
/** And for the registration of who reads it. */
export type LetterLinks = EventLinks & { offer: string; leave: string };

export type EventPlace = { links: EventLinks; now: Date };
export type LetterPlace = { links: LetterLinks; now: Date };

/** The letter of one kind, or nothing where the registration has moved on: another message tells that. */
export type WriteLetter = (facts: MessageFacts, place: LetterPlace) => Letter | undefined;
/** Nothing where what it tells is no longer so. */
export type WriteEventLetter = (facts: EventFacts, place: EventPlace) => Letter | undefined;
