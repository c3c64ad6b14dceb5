import type { Page } from "playwright-core";
import type { DemoPlaces } from "./demo-places.ts";

export type PicturePage = {
  /** The beginning of its pictures' names. */
  name: string;
  caption: { ja: string; en: string };
  /** Whose page it is, before the @ of their address; absent where nobody has signed in. */
  as?: "attendee" | "organizer";
  at: (places: DemoPlaces) => string;
  /** What is on it once it has come. */
  ready: string;
  /** What they do first. */
  prepare?: (page: Page) => Promise<void>;
  /** Where the other screen shows no more than another picture. */
  only?: "phone";
  alsoDark?: true;
};

const ATTENDEE_PAGES: readonly PicturePage[] = [
  {
    name: "event-list",
    caption: { ja: "イベント一覧", en: "The list of events" },
    as: "attendee",
    at: () => "/",
    ready: ".event-card",
    alsoDark: true,
  },
  {
    name: "event-open",
    caption: { ja: "イベントのページ：空席あり", en: "An event with free seats" },
    as: "attendee",
    at: (places) => places.event("Putting generative AI"),
    ready: ".register-panel",
  },
  {
    name: "event-ticket",
    caption: { ja: "イベントのページ：参加確定", en: "An event with one's ticket" },
    as: "attendee",
    at: (places) => places.event("All hands"),
    ready: ".registration-ticket",
    alsoDark: true,
  },
  {
    name: "event-offer",
    caption: { ja: "イベントのページ：繰り上げのご案内", en: "An event with an offer to answer" },
    as: "attendee",
    at: (places) => places.event("Making wagashi"),
    ready: ".registration-ticket",
  },
  {
    name: "event-waitlisted",
    caption: { ja: "イベントのページ：キャンセル待ち", en: "An event whose waitlist one is on" },
    as: "attendee",
    at: (places) => places.event("Flu vaccination"),
    ready: ".registration-ticket",
  },
  {
    name: "my-registrations",
    caption: { ja: "申込一覧", en: "My registrations" },
    as: "attendee",
    at: () => "/registrations",
    ready: ".registration-row",
  },
  {
    name: "draw",
    caption: { ja: "抽選：結果を自分で確かめる", en: "A draw, checked by its reader" },
    as: "attendee",
    at: (places) => `${places.event("A night at the baseball")}/draw`,
    ready: ".draw-check",
    async prepare(page) {
      await page.locator(".draw-check button").first().click();
      await page.locator(".draw-check .notice").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "link-offer",
    caption: {
      ja: "メールのリンク：繰り上げのご案内に答える",
      en: "From the mail: answering an offer",
    },
    at: (places) => places.link("offer", "Making wagashi"),
    ready: ".link-page button",
  },
  {
    name: "link-leave",
    caption: {
      ja: "メールのリンク：申込を取り消す",
      en: "From the mail: cancelling one's registration",
    },
    at: (places) => places.link("leave", "All hands"),
    ready: ".link-page button",
  },
];

const ORGANIZER_PAGES: readonly PicturePage[] = [
  {
    name: "organize",
    caption: { ja: "主催するイベントの一覧", en: "The events one organises" },
    as: "organizer",
    at: () => "/organize",
    ready: ".event-card",
  },
  {
    name: "organize-editor",
    caption: { ja: "イベントの編集", en: "The editor" },
    as: "organizer",
    at: (places) => `${places.manage("All hands")}/edit`,
    ready: ".draft-preview",
    alsoDark: true,
  },
  {
    name: "organize-preview",
    caption: { ja: "編集中のプレビュー", en: "The editor's preview" },
    as: "organizer",
    at: (places) => `${places.manage("All hands")}/edit`,
    ready: ".draft-preview",
    async prepare(page) {
      await page.evaluate('document.querySelector(".draft-preview").scrollIntoView()');
    },
    only: "phone",
  },
  {
    name: "organize-overview",
    caption: { ja: "管理：概要", en: "Looking after an event: the overview" },
    as: "organizer",
    at: (places) => places.manage("Making wagashi"),
    ready: ".overview",
  },
  {
    name: "organize-people",
    caption: { ja: "管理：参加者（一部を選択中）", en: "Its people, some of them selected" },
    as: "organizer",
    at: (places) => `${places.manage("Plant tour")}/people`,
    ready: ".people-list tbody tr",
    async prepare(page) {
      for (const place of [0, 1, 2]) {
        await page.locator(".people-list tbody input[type=checkbox]").nth(place).check();
      }
    },
    alsoDark: true,
  },
  {
    name: "organize-waitlist",
    caption: { ja: "管理：キャンセル待ち", en: "Its waitlist" },
    as: "organizer",
    at: (places) => `${places.manage("Making wagashi")}/waitlist`,
    ready: ".waitlist-part",
  },
  {
    name: "organize-organizers",
    caption: { ja: "管理：主催者", en: "Its organisers" },
    as: "organizer",
    at: (places) => `${places.manage("Making wagashi")}/organizers`,
    ready: ".organizers-page table",
  },
  {
    name: "organize-invitations",
    caption: { ja: "管理：招待", en: "Its invitations" },
    as: "organizer",
    at: (places) => `${places.manage("Planning session")}/invitations`,
    ready: ".invitations-table",
  },
];

export const PAGES: readonly PicturePage[] = [...ATTENDEE_PAGES, ...ORGANIZER_PAGES];
