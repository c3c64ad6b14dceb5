import { DomainError } from "@tsudoi/shared/errors.ts";
import { and, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { files } from "#core/db/schema/files.ts";
import { coverLink } from "./cover-link.ts";

export type CoverFile = { mediaType: string; content: Buffer };

/** The picture behind an address that works, in one statement; for a forged or an old one, in none. */
export async function readCover(ctx: Context, input: { token: string }): Promise<CoverFile> {
  const link = coverLink(ctx, input.token);
  if (link === undefined) throw new DomainError("LINK_EXPIRED");
  const [file] = await ctx.db
    .select({ mediaType: files.mediaType, content: files.content })
    .from(files)
    .where(
      and(
        eq(files.organizationId, link.organizationId),
        eq(files.id, link.id),
        eq(files.kind, "cover"),
      ),
    );
  if (file === undefined) throw new DomainError("LINK_EXPIRED");
  return file;
}
