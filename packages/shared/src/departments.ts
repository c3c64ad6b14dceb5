import * as z from "zod/mini";
import { Cursor, Limit, type Page } from "./paging.ts";
import type { Localized } from "./text.ts";

/** A department as pickers show it; absent parents are the organisation itself. */
export type Department = { id: string; parentId: string | null; depth: number; name: Localized };
export type DepartmentPage = Page<Department>;

export const ListDepartmentsInput = z.strictObject({ cursor: Cursor, limit: Limit });
export type ListDepartmentsInput = z.infer<typeof ListDepartmentsInput>;
