import "./avatar.css";

export function Avatar({ initials, size }: { initials: string; size?: "small" }) {
  return (
    <span className={size === "small" ? "avatar small" : "avatar"} aria-hidden="true">
      {initials}
    </span>
  );
}
