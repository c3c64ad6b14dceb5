import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import "./notice.css";

const ICONS = { info: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleX };

type Props = {
  tone?: keyof typeof ICONS;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Read out at once when it appears; leave out for text that was there from the start. */
  live?: boolean;
  /** Takes the focus, where the thing that had it is gone. */
  focus?: boolean;
};

/** What happened, what to do next. */
export function Notice({ tone = "info", title, children, actions, live, focus = false }: Props) {
  const Icon = ICONS[tone];
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) ref.current?.focus();
  }, [focus]);
  const role = tone === "bad" ? "alert" : "status";
  return (
    <div
      ref={ref}
      className={`notice ${tone}`}
      {...(focus ? { tabIndex: -1 } : {})}
      {...(live ? { role } : {})}
    >
      <Icon aria-hidden="true" />
      <div className="notice-text">
        <div className="notice-title">{title}</div>
        {children && <div>{children}</div>}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}
