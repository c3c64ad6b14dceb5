import { getRouteApi } from "@tanstack/react-router";
import { useLinkTexts } from "#web/texts/links.ts";
import { LinkPage } from "./link-page.tsx";
import { useAnswer } from "./link-queries.ts";
import { leaveState } from "./link-state.ts";

const route = getRouteApi("/leave/$token");

/** "I can't come": gives a place back without signing in. */
export function LeavePage() {
  const { texts } = useLinkTexts();
  const { token } = route.useParams();
  return (
    <LinkPage
      purpose="leave"
      token={token}
      title={texts.links.leaveTitle}
      words={texts.links.leave}
      stateOf={leaveState}
      answer={useAnswer("leave", token)}
    />
  );
}
