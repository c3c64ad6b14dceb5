import type { ReactNode } from "react";
import "./toast.css";

/** A quiet word at the edge of the screen that stays until it is settled. */
export function Toast({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="toast" role="status">
      <span>{children}</span>
      {action}
    </div>
  );
}
