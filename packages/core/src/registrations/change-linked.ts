import type { RegistrationByLink } from "@tsudoi/shared/registration-links.ts";
import type { Context } from "#core/db/context.ts";
import type { Link } from "#core/platform/links.ts";
import { changeRegistration, type OneChange } from "./change-registration.ts";
import { findLinked } from "./find-linked.ts";

/** One move of the registration that a link is about, and how it stands then; whoever pressed it is nobody known. */
export async function changeLinked(
  tx: Context,
  link: Link,
  change: OneChange,
): Promise<RegistrationByLink> {
  const { organizationId, id } = link;
  const { eventId } = await findLinked(tx, link);
  const bearer = { ...tx, actor: { kind: "anonymous" as const } };
  await changeRegistration(bearer, { organizationId, eventId, registrationId: id }, change);
  return (await findLinked(tx, link)).shown;
}
