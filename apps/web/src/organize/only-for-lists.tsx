import type { ReactNode } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Notice } from "#web/ui/notice.tsx";
import { useEventRights, useManagedEvent } from "./managed-event.ts";

/** Who only checks people in sees no list of them, and is told so. */
export function OnlyForLists({ children }: { children: ReactNode }) {
  const { lists } = useEventRights(useManagedEvent());
  const { refused } = useManageTexts();
  if (lists) return children;
  return (
    <Notice tone="warn" title={refused.title} live>
      {refused.next}
    </Notice>
  );
}
