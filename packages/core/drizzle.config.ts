import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  // Tests stand beside the tables, and are not for this tool.
  schema: "./src/db/schema/!(*.test).ts",
  out: "./migrations",
  casing: "snake_case",
});
