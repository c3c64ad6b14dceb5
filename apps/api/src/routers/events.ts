import { create } from "@tsudoi/core/events/create.ts";
import { draw } from "@tsudoi/core/events/draw.ts";
import { getEvent } from "@tsudoi/core/events/get-event.ts";
import { publish } from "@tsudoi/core/events/publish.ts";
import { listEvents } from "@tsudoi/core/events/queries.ts";
import { watch } from "@tsudoi/core/events/watch.ts";
import { CreateEventInput, PublishEventInput } from "@tsudoi/shared/event-input.ts";
import { EventIdInput, ListEventsInput } from "@tsudoi/shared/events.ts";
import { markOf, WatchInput } from "@tsudoi/shared/live-seats.ts";
import { keyed, procedure, router, streamed } from "#api/trpc.ts";

export const eventsRouter = router({
  list: procedure.input(ListEventsInput).query(({ ctx, input }) => listEvents(ctx, input)),
  get: procedure.input(EventIdInput).query(({ ctx, input }) => getEvent(ctx, input)),
  create: procedure.input(CreateEventInput).mutation(keyed(create)),
  publish: procedure.input(PublishEventInput).mutation(keyed(publish)),
  draw: procedure.input(EventIdInput).mutation(keyed(draw)),
  watch: procedure.input(WatchInput).subscription(streamed(watch, markOf)),
});
