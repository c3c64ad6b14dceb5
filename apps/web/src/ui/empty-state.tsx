import type { ReactNode } from "react";
import "./empty-state.css";

type Props = { icon: ReactNode; title: ReactNode; children?: ReactNode; action?: ReactNode };

/** Says what will be here and offers the first step. */
export function EmptyState({ icon, title, children, action }: Props) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden="true">
        {icon}
      </span>
      <h2>{title}</h2>
      {children && <p className="muted">{children}</p>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  );
}
