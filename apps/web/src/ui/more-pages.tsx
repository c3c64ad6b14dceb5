import { useEffect, useRef } from "react";
import { Button } from "./button.tsx";
import "./more-pages.css";

type Props = {
  more: boolean;
  isPending: boolean;
  onMore: () => void;
  texts: { more: string; end: string; shown: string };
};

/** The end of a list: asks for the next page when it comes near, or when pressed. */
export function MorePages({ more, isPending, onMore, texts }: Props) {
  const end = useRef<HTMLDivElement>(null);
  const ask = useRef(onMore);
  useEffect(() => {
    ask.current = onMore;
  });
  useEffect(() => {
    if (!more || isPending || !end.current) return;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) ask.current();
      },
      { rootMargin: "600px" },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [more, isPending]);
  return (
    <div ref={end} className="more-pages">
      <p className="visually-hidden" role="status">
        {texts.shown}
      </p>
      {more ? (
        <Button tone="quiet" isPending={isPending} onPress={onMore}>
          {texts.more}
        </Button>
      ) : (
        <p className="faint">{texts.end}</p>
      )}
    </div>
  );
}
