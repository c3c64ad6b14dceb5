import type { Event } from "@tsudoi/shared/events.ts";
import { Video } from "lucide-react";
import { useAttendTexts } from "#web/texts/attend.ts";
import { buttonClass } from "#web/ui/button.tsx";

/** The way in for those who are somewhere else. */
export function JoinOnline({ event }: { event: Event }) {
  const { texts } = useAttendTexts();
  if (event.onlineUrl === undefined) return null;
  return (
    <a
      className={buttonClass({ tone: "quiet", size: "small", wide: true })}
      href={event.onlineUrl}
      target="_blank"
      rel="noreferrer"
    >
      <span className="button-label">
        <Video aria-hidden="true" />
        {texts.attend.join}
      </span>
      <span className="visually-hidden">({texts.shell.opensNewTab})</span>
    </a>
  );
}
