import { acceptByLink } from "@tsudoi/core/registrations/accept-by-link.ts";
import { acceptOffer } from "@tsudoi/core/registrations/accept-offer.ts";
import { add } from "@tsudoi/core/registrations/add.ts";
import { approve } from "@tsudoi/core/registrations/approve.ts";
import { cancel } from "@tsudoi/core/registrations/cancel.ts";
import { countForEvent } from "@tsudoi/core/registrations/count-for-event.ts";
import { decideMany } from "@tsudoi/core/registrations/decide-many.ts";
import { declineByLink } from "@tsudoi/core/registrations/decline-by-link.ts";
import { declineOffer } from "@tsudoi/core/registrations/decline-offer.ts";
import { exportRegistrations } from "@tsudoi/core/registrations/export-registrations.ts";
import { getByLink } from "@tsudoi/core/registrations/get-by-link.ts";
import { leaveByLink } from "@tsudoi/core/registrations/leave-by-link.ts";
import { listForEvent } from "@tsudoi/core/registrations/list-for-event.ts";
import { move } from "@tsudoi/core/registrations/move.ts";
import { getRegistration, listMine } from "@tsudoi/core/registrations/queries.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { reject } from "@tsudoi/core/registrations/reject.ts";
import { update } from "@tsudoi/core/registrations/update.ts";
import { EventIdInput } from "@tsudoi/shared/events.ts";
import { ExportInput } from "@tsudoi/shared/registration-exports.ts";
import { ByLinkInput, GetByLinkInput } from "@tsudoi/shared/registration-links.ts";
import { ListForEventInput } from "@tsudoi/shared/registration-lists.ts";
import {
  AddInput,
  CancelInput,
  DecideInput,
  DecideManyInput,
  ListMineInput,
  MoveInput,
  RegisterInput,
  RegistrationIdInput,
  UpdateRegistrationInput,
} from "@tsudoi/shared/registrations.ts";
import { byLink, keyed, procedure, router, seated } from "#api/trpc.ts";

export const registrationsRouter = router({
  // The arbiter keeps the idempotency keys of a whole batch itself.
  register: procedure.input(RegisterInput).mutation(({ ctx, input }) => register(ctx, input)),
  get: procedure.input(RegistrationIdInput).query(({ ctx, input }) => getRegistration(ctx, input)),
  listForEvent: procedure
    .input(ListForEventInput)
    .query(({ ctx, input }) => listForEvent(ctx, input)),
  countForEvent: procedure.input(EventIdInput).query(({ ctx, input }) => countForEvent(ctx, input)),
  listMine: procedure.input(ListMineInput).query(({ ctx, input }) => listMine(ctx, input)),
  update: procedure.input(UpdateRegistrationInput).mutation(seated(update)),
  cancel: procedure.input(CancelInput).mutation(seated(cancel)),
  acceptOffer: procedure.input(RegistrationIdInput).mutation(seated(acceptOffer)),
  declineOffer: procedure.input(RegistrationIdInput).mutation(seated(declineOffer)),
  approve: procedure.input(DecideInput).mutation(seated(approve)),
  reject: procedure.input(DecideInput).mutation(seated(reject)),
  decideMany: procedure.input(DecideManyInput).mutation(seated(decideMany)),
  move: procedure.input(MoveInput).mutation(seated(move)),
  add: procedure.input(AddInput).mutation(seated(add)),
  getByLink: procedure.input(GetByLinkInput).query(({ ctx, input }) => getByLink(ctx, input)),
  acceptByLink: procedure.input(ByLinkInput).mutation(seated(acceptByLink, byLink("offer"))),
  declineByLink: procedure.input(ByLinkInput).mutation(seated(declineByLink, byLink("offer"))),
  leaveByLink: procedure.input(ByLinkInput).mutation(seated(leaveByLink, byLink("leave"))),
  export: procedure.input(ExportInput).mutation(keyed(exportRegistrations)),
});
