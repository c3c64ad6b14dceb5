import "./meter.css";

export type MeterTone = "ok" | "warn" | "full";

/** Only a picture: the words and numbers beside it say the same. */
export function Meter({ share, tone }: { share: number; tone: MeterTone }) {
  return (
    <div className={`meter ${tone}`} aria-hidden="true">
      <i style={{ inlineSize: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </div>
  );
}
