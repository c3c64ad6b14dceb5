import "./avatar.css";

/** A name as a small picture: drawn, so that it is no second text beside the name it stands for. */
export function Avatar({ initials, size }: { initials: string; size?: "small" }) {
  return (
    <span
      className={size === "small" ? "avatar small" : "avatar"}
      data-initials={initials}
      aria-hidden="true"
    />
  );
}
