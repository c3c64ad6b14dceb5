import { listCategories } from "@tsudoi/core/categories/queries.ts";
import { ListCategoriesInput } from "@tsudoi/shared/categories.ts";
import { procedure, router } from "#api/trpc.ts";

export const categoriesRouter = router({
  list: procedure.input(ListCategoriesInput).query(({ ctx, input }) => listCategories(ctx, input)),
});
