import { acceptInvite } from "@tsudoi/core/events/accept-invite.ts";
import { cancel } from "@tsudoi/core/events/cancel.ts";
import { close } from "@tsudoi/core/events/close.ts";
import { create } from "@tsudoi/core/events/create.ts";
import { createSeries } from "@tsudoi/core/events/create-series.ts";
import { discard } from "@tsudoi/core/events/discard.ts";
import { draw } from "@tsudoi/core/events/draw.ts";
import { duplicate } from "@tsudoi/core/events/duplicate.ts";
import { getEvent } from "@tsudoi/core/events/get-event.ts";
import { invite } from "@tsudoi/core/events/invite.ts";
import { inviteLink } from "@tsudoi/core/events/invite-link.ts";
import { type InviteLink, inviteToken } from "@tsudoi/core/events/invite-token.ts";
import { listDraw } from "@tsudoi/core/events/list-draw.ts";
import { listInvitations } from "@tsudoi/core/events/list-invitations.ts";
import { listOrganizers } from "@tsudoi/core/events/list-organizers.ts";
import { publish } from "@tsudoi/core/events/publish.ts";
import { listEvents } from "@tsudoi/core/events/queries.ts";
import { removeCover } from "@tsudoi/core/events/remove-cover.ts";
import { removeOrganizer } from "@tsudoi/core/events/remove-organizer.ts";
import { reopen } from "@tsudoi/core/events/reopen.ts";
import { rotateInviteLink } from "@tsudoi/core/events/rotate-invite-link.ts";
import { saveOrganizer } from "@tsudoi/core/events/save-organizer.ts";
import { uninvite } from "@tsudoi/core/events/uninvite.ts";
import { update } from "@tsudoi/core/events/update.ts";
import { watch } from "@tsudoi/core/events/watch.ts";
import { CoverInput } from "@tsudoi/shared/covers.ts";
import { ListDrawInput } from "@tsudoi/shared/draws.ts";
import {
  CancelEventInput,
  CreateEventInput,
  CreateSeriesInput,
  DiscardEventInput,
  DuplicateEventInput,
  PublishEventInput,
  UpdateEventInput,
} from "@tsudoi/shared/event-input.ts";
import {
  ListOrganizersInput,
  RemoveOrganizerInput,
  SaveOrganizerInput,
} from "@tsudoi/shared/event-organizers.ts";
import { EventIdInput, ListEventsInput } from "@tsudoi/shared/events.ts";
import {
  AcceptInviteInput,
  InviteInput,
  ListInvitationsInput,
} from "@tsudoi/shared/invitations.ts";
import { markOf, WatchInput } from "@tsudoi/shared/live-seats.ts";
import type { ApiContext } from "#api/context.ts";
import { keyed, procedure, router, streamed } from "#api/trpc.ts";

export const eventsRouter = router({
  list: procedure.input(ListEventsInput).query(({ ctx, input }) => listEvents(ctx, input)),
  get: procedure.input(EventIdInput).query(({ ctx, input }) => getEvent(ctx, input)),
  create: procedure.input(CreateEventInput).mutation(keyed(create)),
  createSeries: procedure.input(CreateSeriesInput).mutation(keyed(createSeries)),
  duplicate: procedure.input(DuplicateEventInput).mutation(keyed(duplicate)),
  update: procedure.input(UpdateEventInput).mutation(keyed(update)),
  publish: procedure.input(PublishEventInput).mutation(keyed(publish)),
  close: procedure.input(EventIdInput).mutation(keyed(close)),
  reopen: procedure.input(EventIdInput).mutation(keyed(reopen)),
  cancel: procedure.input(CancelEventInput).mutation(keyed(cancel)),
  discard: procedure.input(DiscardEventInput).mutation(keyed(discard)),
  removeCover: procedure.input(CoverInput).mutation(keyed(removeCover)),
  draw: procedure.input(EventIdInput).mutation(keyed(draw)),
  listDraw: procedure.input(ListDrawInput).query(({ ctx, input }) => listDraw(ctx, input)),
  listOrganizers: procedure
    .input(ListOrganizersInput)
    .query(({ ctx, input }) => listOrganizers(ctx, input)),
  saveOrganizer: procedure.input(SaveOrganizerInput).mutation(keyed(saveOrganizer)),
  removeOrganizer: procedure.input(RemoveOrganizerInput).mutation(keyed(removeOrganizer)),
  listInvitations: procedure
    .input(ListInvitationsInput)
    .query(({ ctx, input }) => listInvitations(ctx, input)),
  invite: procedure.input(InviteInput).mutation(keyed(invite)),
  uninvite: procedure.input(InviteInput).mutation(keyed(uninvite)),
  inviteLink: procedure
    .input(EventIdInput)
    .query(async ({ ctx, input }) => toUrl(ctx, await inviteLink(ctx, input))),
  // The answer that is kept for a repeat holds no secret: the link is made when it is told.
  rotateInviteLink: procedure.input(EventIdInput).mutation(keyed(rotateInviteLink, toUrl)),
  acceptInvite: procedure.input(AcceptInviteInput).mutation(keyed(acceptInvite)),
  watch: procedure.input(WatchInput).subscription(streamed(watch, markOf)),
});

function toUrl(ctx: ApiContext, link: InviteLink): { url: string } {
  return { url: new URL(`/invite/${inviteToken(ctx, link)}`, ctx.calendarHost.publicUrl).href };
}
