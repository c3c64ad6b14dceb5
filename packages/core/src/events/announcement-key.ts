/** The jobs that tell people of one event's changes run one after another. */
export function announcementKey(eventId: string): string {
  return `events.announce-change:${eventId}`;
}
