import type { WaitlistMode } from "@tsudoi/shared/events.ts";
import type { Answers, Question } from "@tsudoi/shared/questions.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import type { SCENES } from "./draw-cover.ts";
import type { DepartmentCode } from "./organization.ts";

/** One event as the demo data tell it: days and times are counted from the day of seeding. */
export type DemoEvent = {
  title: { ja: string; en: string };
  description: { ja: string; en: string };
  cover?: keyof typeof SCENES;
  category: "seminar" | "training" | "social" | "all-hands" | "health" | "other";
  department: DepartmentCode;
  /** Working days from today; before today when negative. */
  workday: number;
  /** Local time, in the event's own zone. */
  from: string;
  minutes: number;
  timeZone?: string;
  capacity: number;
  location?: string;
  onlineUrl?: string;
  status?: "published" | "draft" | "cancelled";
  waitlistMode?: WaitlistMode;
  approval?: boolean;
  questions?: Question[];
  /** Given in turn by everyone who holds a place. */
  answers?: Answers[];
  /** Working days from today on which registration opens, where that is still to come. */
  opensOnWorkday?: number;
  /** Working days from today on which the seats are drawn; before today they were. */
  drawOnWorkday?: number;
  /** Whom it is for, where that is not everyone; who is invited holds a place, or has not answered yet. */
  audience?: { departments: DepartmentCode[] } | { unanswered: number };
  /** How many people hold which place; who they are is drawn. After a draw, who is not confirmed waits. */
  people: Partial<Record<RegistrationStatus, number>>;
  /** The place of attendee@demo.test, counted in `people`. */
  attendee?: "confirmed" | "waitlisted" | "offered" | "pending";
};
