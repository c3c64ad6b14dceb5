import { authRouter } from "./routers/auth.ts";
import { calendarsRouter } from "./routers/calendars.ts";
import { categoriesRouter } from "./routers/categories.ts";
import { departmentsRouter } from "./routers/departments.ts";
import { eventsRouter } from "./routers/events.ts";
import { registrationsRouter } from "./routers/registrations.ts";
import { systemRouter } from "./routers/system.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  auth: authRouter,
  calendars: calendarsRouter,
  categories: categoriesRouter,
  departments: departmentsRouter,
  events: eventsRouter,
  registrations: registrationsRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;
