import { getRouteApi, Link } from "@tanstack/react-router";
import { useLinkTexts } from "#web/texts/links.ts";
import { LinkPage } from "./link-page.tsx";
import { useAnswer } from "./link-queries.ts";
import { offerState } from "./link-state.ts";

const route = getRouteApi("/offer/$token");

/** A held seat, to be accepted or declined, as the mail's link said. */
export function OfferPage() {
  const { texts } = useLinkTexts();
  const { token } = route.useParams();
  const { answer } = route.useSearch();
  return <Offer key={answer ?? "accept"} token={token} answer={answer ?? "accept"} texts={texts} />;
}

type Props = {
  token: string;
  answer: "accept" | "decline";
  texts: ReturnType<typeof useLinkTexts>["texts"];
};

function Offer({ token, answer, texts }: Props) {
  const words = texts.links[answer];
  return (
    <LinkPage
      purpose="offer"
      token={token}
      title={texts.links.offerTitle}
      words={words}
      stateOf={offerState}
      answer={useAnswer(answer, token)}
      instead={
        <Link
          className="text-link link-instead"
          to="/offer/$token"
          params={{ token }}
          search={answer === "accept" ? { answer: "decline" } : {}}
          replace
        >
          {words.instead}
        </Link>
      }
    />
  );
}
