import { createHash } from "node:crypto";
import {
  COVER_SIZE,
  type CoverChanged,
  type CoverInput,
  LEAST_COVER,
} from "@tsudoi/shared/covers.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { files } from "#core/db/schema/files.ts";
import { transaction } from "#core/db/transaction.ts";
import { giveAnswer } from "#core/idempotency/answers.ts";
import { once } from "#core/idempotency/once.ts";
import { requestHash } from "#core/idempotency/request-hash.ts";
import { makePicture, type Picture } from "#core/platform/pictures.ts";
import { authoriseForEvent } from "./authorise-for-event.ts";
import { type CoverRow, coverOf } from "./cover-link.ts";
import { lockEvents } from "./lock-events.ts";
import { canChange, refuseUnchangeable } from "./refuse-change.ts";
import { writeCover } from "./write-cover.ts";

const NAME = "events.setCover";

type Input = CoverInput & { bytes: Buffer };

/**
 * Gives an event, and those of its series that are meant, a picture made of the one that was sent: once for each key,
 * and only for who may change all of them. No transaction is open while it is made, and no key waits for it.
 */
export async function setCover(ctx: Context, { bytes, ...input }: Input): Promise<CoverChanged> {
  authorise(ctx, "events.browse");
  const asked = await confirmActor(ctx);
  await authoriseForEvent(asked, "events.edit", input.eventId);
  const picture = await makePicture(bytes, {
    largest: COVER_SIZE,
    least: LEAST_COVER,
    deadline: ctx.deadline,
  });
  const change = (tx: Context) => writeInto(tx, input, picture);
  const { file, version } =
    ctx.idempotencyKey === undefined
      ? await transaction(ctx, change)
      : await changeOnce(asked, { ...input, sha256: digestOf(bytes) }, change);
  return { cover: coverOf(ctx, file), version };
}

/** As it is kept under a key: the address is made when it is told. */
type Written = { file: CoverRow; version: number };

async function writeInto(open: Context, input: CoverInput, picture: Picture): Promise<Written> {
  const tx = await confirmActor(open);
  const { target, others } = await lockEvents(tx, { ...input, may: "events.edit" });
  refuseUnchangeable(target, tx.now());
  const rows = [target, ...others.filter((row) => canChange(row, tx.now()))];
  const coverId = await insertFile(tx, picture);
  await writeCover(tx, { rows, action: NAME, coverId });
  const { width, height } = picture;
  return { file: [tx.actor.organizationId, coverId, width, height], version: target.version + 1 };
}

async function insertFile(
  tx: Context & { actor: UserActor },
  { content, mediaType, width, height }: Picture,
): Promise<string> {
  const { organizationId, userId } = tx.actor;
  const [file] = await tx.db
    .insert(files)
    .values({ organizationId, kind: "cover", mediaType, content, width, height, createdBy: userId })
    .returning({ id: files.id });
  if (file === undefined) throw new Error("the file's row was not returned");
  return file.id;
}

async function changeOnce(
  ctx: Context & { actor: UserActor },
  hashed: unknown,
  change: (tx: Context) => Promise<Written>,
): Promise<Written> {
  const { organizationId, userId } = ctx.actor;
  const request = {
    organizationId,
    userId,
    key: ctx.idempotencyKey ?? "",
    procedure: NAME,
    requestHash: requestHash(NAME, hashed),
  };
  const { answer } = await once(ctx, request, change);
  // What was stored under this name and this hash is what `change` returned.
  return giveAnswer(answer) as Written;
}

function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64url");
}
