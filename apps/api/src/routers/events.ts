import { cancel } from "@tsudoi/core/events/cancel.ts";
import { close } from "@tsudoi/core/events/close.ts";
import { create } from "@tsudoi/core/events/create.ts";
import { createSeries } from "@tsudoi/core/events/create-series.ts";
import { discard } from "@tsudoi/core/events/discard.ts";
import { draw } from "@tsudoi/core/events/draw.ts";
import { duplicate } from "@tsudoi/core/events/duplicate.ts";
import { getEvent } from "@tsudoi/core/events/get-event.ts";
import { listDraw } from "@tsudoi/core/events/list-draw.ts";
import { listOrganizers } from "@tsudoi/core/events/list-organizers.ts";
import { publish } from "@tsudoi/core/events/publish.ts";
import { listEvents } from "@tsudoi/core/events/queries.ts";
import { removeOrganizer } from "@tsudoi/core/events/remove-organizer.ts";
import { reopen } from "@tsudoi/core/events/reopen.ts";
import { saveOrganizer } from "@tsudoi/core/events/save-organizer.ts";
import { update } from "@tsudoi/core/events/update.ts";
import { watch } from "@tsudoi/core/events/watch.ts";
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
import { markOf, WatchInput } from "@tsudoi/shared/live-seats.ts";
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
  draw: procedure.input(EventIdInput).mutation(keyed(draw)),
  listDraw: procedure.input(ListDrawInput).query(({ ctx, input }) => listDraw(ctx, input)),
  listOrganizers: procedure
    .input(ListOrganizersInput)
    .query(({ ctx, input }) => listOrganizers(ctx, input)),
  saveOrganizer: procedure.input(SaveOrganizerInput).mutation(keyed(saveOrganizer)),
  removeOrganizer: procedure.input(RemoveOrganizerInput).mutation(keyed(removeOrganizer)),
  watch: procedure.input(WatchInput).subscription(streamed(watch, markOf)),
});
