import "./logo.css";

export function Logo() {
  return (
    <b className="logo" lang="ja" aria-hidden="true">
      集
    </b>
  );
}
