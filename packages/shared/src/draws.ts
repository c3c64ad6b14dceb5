import * as z from "zod/mini";
import { Id } from "./ids.ts";
import { Cursor, Limit, type Page } from "./paging.ts";
import type { RegistrationStatus } from "./registrations.ts";

export const ListDrawInput = z.strictObject({ eventId: Id, cursor: Cursor, limit: Limit });
export type ListDrawInput = z.infer<typeof ListDrawInput>;

/** One lot: whose it is stays unsaid, and each knows their own by its id. */
export type Lot = {
  registrationId: string;
  /** Place in the order that was drawn, from 1. */
  rank: number;
  /** How it stands now. */
  status: RegistrationStatus;
};
export type DrawPage = Page<Lot>;
