import { getRegistration, listMine } from "@tsudoi/core/registrations/queries.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { update } from "@tsudoi/core/registrations/update.ts";
import {
  ListMineInput,
  RegisterInput,
  RegistrationIdInput,
  UpdateRegistrationInput,
} from "@tsudoi/shared/registrations.ts";
import { keyed, procedure, router } from "#api/trpc.ts";

export const registrationsRouter = router({
  // The arbiter keeps the idempotency keys of a whole batch itself.
  register: procedure.input(RegisterInput).mutation(({ ctx, input }) => register(ctx, input)),
  get: procedure.input(RegistrationIdInput).query(({ ctx, input }) => getRegistration(ctx, input)),
  listMine: procedure.input(ListMineInput).query(({ ctx, input }) => listMine(ctx, input)),
  update: procedure.input(UpdateRegistrationInput).mutation(keyed(update)),
});
