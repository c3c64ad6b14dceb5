import type { Row } from "./dashboard.ts";
import { chosen, rate } from "./query.ts";

/** What lasts longer than a call: streams of live seats, and downloads. */
export const LIVE: Row = {
  title: "Live seats and downloads",
  folded: true,
  panels: [
    {
      title: "Live subscribers",
      description: "Open streams of live seats in all chosen processes.",
      unit: "short",
      width: 8,
      queries: [{ expr: `sum(${chosen("live_subscribers")})`, legend: "streams" }],
    },
    {
      title: "Live messages",
      description:
        "Messages a second to streams of live seats, and the statements behind them: these grow with the changes, never with the readers.",
      unit: "ops",
      width: 8,
      queries: [
        { expr: `sum(${rate("live_messages_total")})`, legend: "messages" },
        {
          expr: `sum by (outcome) (${rate("live_reads_total")})`,
          legend: "statements {{outcome}}",
        },
      ],
    },
    {
      title: "Live streams ended",
      description: "Streams a second by why they ended; slow is a reader that took nothing.",
      unit: "ops",
      width: 8,
      queries: [
        {
          expr: `sum by (reason) (${rate("live_streams_ended_total")})`,
          legend: "{{reason}}",
        },
      ],
    },
    {
      title: "Downloads",
      description:
        "Files handed out a minute by how they ended, and those under way; left is a reader that went away.",
      unit: "short",
      width: 8,
      queries: [
        { expr: `60 * sum by (outcome) (${rate("downloads_total")})`, legend: "{{outcome}}" },
        { expr: `sum(${chosen("downloads_active")})`, legend: "under way" },
      ],
    },
  ],
};
