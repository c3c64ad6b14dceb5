import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import "./notice.css";

const ICONS = { info: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleX };

type Props = {
  tone?: keyof typeof ICONS;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Read out at once when it appears; leave out for text that was there from the start. */
  live?: boolean;
};

/** What happened, what to do next. */
export function Notice({ tone = "info", title, children, actions, live = false }: Props) {
  const Icon = ICONS[tone];
  const role = tone === "bad" ? "alert" : "status";
  return (
    <div className={`notice ${tone}`} {...(live ? { role } : {})}>
      <Icon aria-hidden="true" />
      <div className="notice-text">
        <div className="notice-title">{title}</div>
        {children && <div>{children}</div>}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}
