import type { ReactNode } from "react";
import "./empty-state.css";

type Props = {
  icon: ReactNode;
  title: ReactNode;
  /** `h1` where it is the whole page. */
  heading?: "h1" | "h2";
  children?: ReactNode;
  action?: ReactNode;
};

/** Says what will be here and offers the first step. */
export function EmptyState({ icon, title, heading: Heading = "h2", children, action }: Props) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden="true">
        {icon}
      </span>
      <Heading>{title}</Heading>
      {children && <p className="muted">{children}</p>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  );
}
