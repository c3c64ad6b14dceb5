import { describe, expect, test } from "vitest";
import { SaveOrganizerInput } from "./event-organizers.ts";

const eventId = "01890000-0000-7000-8000-000000000000";

describe("shared/event-organizers", () => {
  test.each([
    { email: " Hanako@Example.test ", role: "viewer" },
    { userId: eventId, role: "owner" },
  ])("%j", (who) => {
    const parsed = SaveOrganizerInput.parse({ eventId, ...who });
    expect(parsed.email ?? "hanako@example.test").toBe("hanako@example.test");
  });

  test.each([
    {},
    { email: "hanako@example.test", userId: eventId },
    { email: "hanako" },
    { email: "hanako@example.test", role: "king" },
  ])("%j is nobody in no part", (who) => {
    expect(SaveOrganizerInput.safeParse({ eventId, role: "viewer", ...who }).success).toBe(false);
  });
});
