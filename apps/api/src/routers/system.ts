import { NoInput } from "@tsudoi/shared/system.ts";
import { procedure, router } from "#api/trpc.ts";

export const systemRouter = router({
  info: procedure.input(NoInput).query(({ ctx }) => ctx.info),
});
