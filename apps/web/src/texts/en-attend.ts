import type { attend as japanese } from "./ja-attend.ts";

const number = new Intl.NumberFormat("en-GB");
const plurals = new Intl.PluralRules("en");
const n = (value: number) => number.format(value);
const count = (value: number, one: string, other: string) =>
  `${n(value)} ${plurals.select(value) === "one" ? one : other}`;

/** What people read about their own place in an event, and about its draw. */
export const attend: typeof japanese = {
  invited: {
    title: "You are invited",
    body: "The event is not public yet. Once it is, the same link leads to it, and you find it in the list of events.",
  },
  overlap: {
    title: "You have something else at that time",
    body: (titles) =>
      `It overlaps with ${titles.map((title) => `“${title}”`).join(" and ")}. You can register all the same.`,
  },
  next: {
    confirmed: "A confirmation is on its way by e-mail. Say your receipt number at the door.",
    confirmedLater: "Say your receipt number at the door.",
    confirmedOnline: "A confirmation is on its way by e-mail.",
    waitlistAutomatic:
      "When a seat opens, the next person on the waitlist is confirmed and told by e-mail.",
    waitlistOffer: (hours) =>
      `When a seat opens, it is offered by e-mail to the next person on the waitlist, and held for them for ${count(hours, "hour", "hours")}.`,
    approval:
      "The organiser decides, and you hear the result by e-mail. No seat is held for you yet.",
    draw: (moment) =>
      `The draw is on ${moment}, and you hear the result by e-mail. When you registered makes no difference.`,
    drawSoon: "It is time for the draw. The result will be here in a moment.",
    offered: "If you do not reply in time, the seat is offered to the next person.",
    lapsed: "The seat is being offered to the next person.",
  },
  confirmedTitle: "Your seat is confirmed",
  waitlistedTitle: "You are on the waitlist",
  pendingTitle: "Your registration is in",
  haveConfirmed: "Your seat is confirmed",
  haveWaitlisted: "You are on the waitlist",
  havePending: "Awaiting approval",
  drawTitle: "You are in the draw",
  haveDraw: "You are in the draw",
  lapsedTitle: "The offer has expired",
  otherDates: "Other dates of this series",
  timeLeft: "Time left",
  answerBy: "Reply by",
  join: "Join online",
  accept: "Accept the seat",
  accepting: "Confirming your seat",
  decline: "Decline",
  leaving: "Cancelling",
  leave: {
    confirmed: {
      press: "Cancel my registration",
      title: "Cancel your registration?",
      body: "Your seat is free for others at once. If you register again, there may be none left.",
      bodyWaiting:
        "Your seat goes to the next person on the waitlist at once. If you register again, you start at its end.",
      yes: "Cancel it",
      no: "Keep it",
      done: "Your registration is cancelled",
    },
    waitlisted: {
      press: "Leave the waitlist",
      title: "Leave the waitlist?",
      body: "You lose your place. If you join again, you start at its end.",
      yes: "Leave",
      no: "Keep waiting",
      done: "You have left the waitlist",
    },
    pending: {
      press: "Cancel my registration",
      title: "Cancel your registration?",
      body: "While registration is open you can register again.",
      yes: "Cancel it",
      no: "Keep it",
      done: "Your registration is cancelled",
    },
    offered: {
      press: "Decline",
      title: "Decline the seat?",
      body: "The seat held for you is offered to the next person at once. This cannot be undone.",
      yes: "Decline",
      no: "Keep the seat",
      done: "You declined the seat",
    },
  },
  cancelUntil: (moment) => `You can cancel until ${moment}.`,
  cancelUntilStart: "You can cancel until it starts.",
  cancelPast: "The deadline to cancel has passed: once confirmed, a seat cannot be cancelled here.",
  hint: {
    open: "Your seat is confirmed at once. If it fills up you can join the waitlist.",
    openNoWaitlist: "Your seat is confirmed at once.",
    approval: "Your seat is confirmed once the organiser approves.",
    draft: "Once published, it takes registrations.",
    closesAt: (moment) => `Closes ${moment}`,
    waiting: (people) =>
      people === 0
        ? "Nobody is waiting yet."
        : `${count(people, "person is", "people are")} waiting.`,
    othersFirst:
      "People who already wait come first. If no seat is left for you, you join the waitlist.",
    noWaitlist: "This event has no waitlist. If somebody cancels, the free seat appears here.",
  },
  lateTitle: "The deadline to cancel has passed",
  late: (moment) =>
    `It was possible until ${moment}. If you cannot come, please tell the organiser.`,
  askWhom: (names) => `Ask ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names)}`,
  accepted: "Your seat is confirmed",
  changed: (status) => `It is now: ${status}.`,
  changedNext: "The page shows the latest state. Please have a look.",
  ended: {
    byAttendee: "You cancelled your registration",
    byOrganizer: "The organiser cancelled your registration",
    rejected: "Your registration was not accepted",
    notDrawn: "You were not drawn this time",
    declined: "You declined the seat",
    expired: "The offer has expired",
    expiredNext: "The seat was offered to the next person.",
    ask: "If anything is unclear, please ask the organiser.",
  },
  eventCancelled: "This event has been cancelled",
  eventCancelledNext:
    "Your registration ended with it. If it is in your calendar, the file in our e-mail takes it out.",
  reason: "From the organiser",
  list: {
    groups: { confirmed: "Confirmed", waiting: "Waiting", ended: "Cancelled, declined, etc." },
    show: "Show",
    all: "All",
    answerNeeded: "Your reply is needed",
    changeAnswers: "Change answers",
    open: (title) => `Open ${title}`,
    emptyShownTitle: "No registration to show",
    emptyShownBody: "Have a look at the others.",
    emptyUpcomingTitle: "Nothing coming up",
    emptyUpcomingBody: "Register for an event and it appears here with its receipt number.",
    emptyPastTitle: "No past registrations",
    emptyPastBody: "Events you took part in will be here to look back on.",
    showAll: "Show all",
  },
  lottery: {
    enter: "Enter the draw",
    hint: "The seats are drawn from everyone who enters in time. There is no need to be quick.",
    hintUntil: (moment) =>
      `The seats are drawn from everyone who enters before ${moment}. There is no need to be quick.`,
    hintAfter: (closes) => `After the draw it is first come, first served until ${closes}.`,
    title: "The draw",
    date: "Draw on",
    held: "Drawn on",
    entrants: "Registrations",
    people: (people) => n(people),
    seatsLabel: "Seats",
    seatCount: (seats) => n(seats),
    rank: "Your place in the draw",
    rankOf: (rank, entrants) => `No. ${n(rank)} of ${n(entrants)}`,
    hash: "Hash of the seed (SHA-256)",
    how: "How the draw works",
    check: "Check the draw",
  },
  draw: {
    title: "Record of the draw",
    back: "Back to the event",
    lead: "The order depends on the seed alone, a number chosen before anyone could register. Its hash is public before the draw, the seed itself after it.",
    before: "The draw is still to come",
    beforeNext: (moment) =>
      `After the draw on ${moment}, the seed and everyone's place appear here. Keep the hash below, and you can see later that the seed did not change.`,
    none: "This event has no draw",
    noneNext: "Its seats are not drawn.",
    hash: "Hash of the seed (public before the draw)",
    seed: "Seed (public after the draw)",
    copy: "Copy",
    copied: "Copied",
    byHand: "It is selected for you to copy.",
    checkTitle: "Check it yourself",
    checkLead:
      "Your browser computes the seed's hash and everyone's place anew: the HMAC-SHA-256 of each registration's id under the seed, in rising order, is the order of the draw.",
    check: "Check the draw",
    checking: (done) => `${n(done)} read`,
    working: "Checking",
    agreed: "Hash and order agree",
    agreedNext: (entries) =>
      `All ${count(entries, "registration", "registrations")} were computed anew.`,
    seedDiffers: "The seed does not match its hash",
    orderDiffers: (rank) => `Place no. ${n(rank)} does not match the computed order`,
    countDiffers: (found, told) =>
      `There should be ${count(told, "registration", "registrations")}, and the list has ${n(found)}`,
    differsNext: "Please show this page to the organiser or an administrator.",
    insecure: "This connection does not allow it",
    insecureNext: "Open the page over HTTPS, or use the script below.",
    script: "Check it on your own machine",
    scriptLead: "Copy the list into a file called ids.txt and run this with Node.js.",
    copyScript: "Copy the script",
    copyIds: "Copy the list",
    order: "Order of the draw",
    orderLead:
      "Without names: each line is the id of a registration. The seat of somebody whose account is disabled goes to the next.",
    mine: "You",
    shown: (entries) => `${count(entries, "registration", "registrations")} shown`,
    empty: "Nobody had registered when the draw was due",
  },
};
