import { useTexts } from "#web/texts/texts.tsx";
import { findLinks } from "./find-links.ts";

/** What somebody wrote, as text, with its addresses to follow; it is shown as written, so that it can be checked first. */
export function LinkedText({ text }: { text: string }) {
  const { texts } = useTexts();
  return findLinks(text).map(({ text: piece, href }, place) => {
    if (href === undefined) return piece;
    const isMail = /^mailto:/i.test(href);
    return (
      <a
        key={place}
        className="text-link"
        href={href}
        rel="noopener noreferrer nofollow"
        {...(isMail ? {} : { target: "_blank" })}
      >
        {piece}
        {!isMail && <span className="visually-hidden"> ({texts.shell.opensNewTab})</span>}
      </a>
    );
  });
}
