import { listDepartments } from "@tsudoi/core/departments/queries.ts";
import { ListDepartmentsInput } from "@tsudoi/shared/departments.ts";
import { procedure, router } from "#api/trpc.ts";

export const departmentsRouter = router({
  list: procedure
    .input(ListDepartmentsInput)
    .query(({ ctx, input }) => listDepartments(ctx, input)),
});
