import type { LinkPurpose } from "#core/platform/links.ts";
import type { Guest } from "./seating.ts";
import type { Stage } from "./stage.ts";

/** Whoever holds a link, and no more than that. */
export const aBearer = (stage: Stage) => stage.as({ kind: "anonymous" });

type About = Pick<Guest, "registrationId"> & { organizationId?: string; generation?: number };

export function linkOf(stage: Stage, purpose: LinkPurpose, about: About): string {
  const { organizationId = stage.organizationId, registrationId: id, generation = 1 } = about;
  return stage.ctx.tokens.links.sign(purpose, { organizationId, id, generation });
}

/** What is no link of this purpose to this guest's registration: none of them opens anything. */
export function badLinks(stage: Stage, purpose: LinkPurpose, guest: Guest): string[] {
  const other: LinkPurpose = purpose === "offer" ? "leave" : "offer";
  const good = linkOf(stage, purpose, guest);
  const elsewhere = "01890000-0000-7000-8000-000000000001";
  return [
    "x",
    good.slice(0, -1),
    `${good}A`,
    `${good[0] === "A" ? "B" : "A"}${good.slice(1)}`,
    linkOf(stage, other, guest),
    linkOf(stage, purpose, { ...guest, generation: 2 }),
    linkOf(stage, purpose, { ...guest, organizationId: elsewhere }),
    linkOf(stage, purpose, { registrationId: elsewhere }),
  ];
}
