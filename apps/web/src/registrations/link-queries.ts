import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { RegistrationByLink, RegistrationLink } from "@tsudoi/shared/registration-links.ts";
import { createAuthApi } from "#web/api.ts";

/** Without a session: a link is its bearer's, whoever is signed in here. */
const api = createAuthApi();

export type Answer = "accept" | "decline" | "leave";

/** What a link is about; asked again whenever the page is looked at. */
export function linkOptions(purpose: RegistrationLink, token: string) {
  return queryOptions({
    queryKey: ["link", purpose, token],
    queryFn: ({ signal }) => api.registrations.getByLink.query({ purpose, token }, { signal }),
    staleTime: 0,
  });
}

/** Presses the button, once or again: the same link gets the same answer. */
export function useAnswer(answer: Answer, token: string) {
  const queryClient = useQueryClient();
  const { queryKey } = linkOptions(answer === "leave" ? "leave" : "offer", token);
  return useMutation({
    mutationFn: () => send(answer, token),
    onSuccess: (shown) => queryClient.setQueryData(queryKey, shown),
    onError: () => queryClient.invalidateQueries({ queryKey }),
  });
}

function send(answer: Answer, token: string): Promise<RegistrationByLink> {
  switch (answer) {
    case "accept":
      return api.registrations.acceptByLink.mutate({ token });
    case "decline":
      return api.registrations.declineByLink.mutate({ token });
    case "leave":
      return api.registrations.leaveByLink.mutate({ token });
  }
}
