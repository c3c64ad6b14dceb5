import * as z from "zod/mini";
import { Cursor, Limit } from "./paging.ts";
import type { Localized } from "./text.ts";

/** A category as lists and filters show it. */
export type Category = { slug: string; name: Localized };

export const ListCategoriesInput = z.strictObject({ cursor: Cursor, limit: Limit });
export type ListCategoriesInput = z.infer<typeof ListCategoriesInput>;

/** What a new organisation starts with. */
export const DEFAULT_CATEGORIES: readonly Category[] = [
  { slug: "seminar", name: { ja: "セミナー", en: "Seminar" } },
  { slug: "training", name: { ja: "研修", en: "Training" } },
  { slug: "social", name: { ja: "交流会", en: "Social" } },
  { slug: "all-hands", name: { ja: "全社", en: "All hands" } },
  { slug: "health", name: { ja: "健康", en: "Health" } },
  { slug: "other", name: { ja: "その他", en: "Other" } },
];
