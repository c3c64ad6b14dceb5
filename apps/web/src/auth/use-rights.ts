import { type Action, can, type EventRole } from "@tsudoi/shared/permissions.ts";
import { useMe } from "./use-session.ts";

/** Whether there are pages of organisers for this person: also for who only helps with one event. */
export function useOrganizes(): boolean {
  const me = useMe();
  return useCan("events.create") || me?.organizes === true;
}

/** Whether to offer an action; the server decides about doing it. */
export function useCan(action: Action, eventRole?: EventRole): boolean {
  const me = useMe();
  if (!me) return false;
  const { role, organization } = me;
  const rights = { organizationId: organization.id, role };
  return can(rights, action, { organizationId: organization.id, eventRole });
}
