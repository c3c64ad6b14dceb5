import type { AnyRouter } from "@tanstack/react-router";

/** Animates from page to page; a filter changes what is on a page, not the page, so it stays still. */
export function animatePages(router: AnyRouter): void {
  router.startViewTransition = (show) => {
    const from = router.state.resolvedLocation?.pathname;
    const isNewPage = from !== undefined && from !== router.latestLocation.pathname;
    if (!isNewPage || !document.startViewTransition) return show();
    const { ready, updateCallbackDone } = document.startViewTransition(show);
    // Someone quicker than the animation skips it: nothing is wrong then.
    ready.catch(() => undefined);
    return updateCallbackDone;
  };
}
