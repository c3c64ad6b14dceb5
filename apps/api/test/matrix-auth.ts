import { everyone, type MatrixOf, no, ok, row } from "./matrix-entry.ts";
import { PASSWORD } from "./stage.ts";
import { aSetUpToken } from "./world.ts";

export const AUTH: MatrixOf<"auth"> = {
  "auth.signIn": {
    told: everyone,
    statements: 5,
    input: ({ people }) => ({ email: people.member.email, password: PASSWORD }),
  },
  "auth.refresh": { told: row(no, no, no, no, no, no, no), statements: 2, input: () => ({}) },
  "auth.signOut": { told: everyone, statements: 2, input: () => ({}) },
  "auth.setUp": {
    told: everyone,
    statements: 8,
    input: async ({ stage }) => {
      const token = await aSetUpToken(stage);
      return {
        token,
        organizationName: "集い",
        familyName: "佐藤",
        givenName: "花子",
        email: `${token
          .slice(0, 8)
          .toLowerCase()
          .replace(/[^a-z0-9]/g, "x")}@example.test`,
        password: PASSWORD,
        locale: "ja",
        timeZone: "Asia/Tokyo",
      };
    },
  },
  "auth.me": { told: row(no, ok, ok, ok, ok, ok, no), statements: 1, input: () => ({}) },
  "auth.setLocale": {
    told: row(no, ok, ok, ok, ok, ok, no),
    statements: 2,
    input: () => ({ locale: "en" }),
  },
};
