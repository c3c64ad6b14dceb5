import { giveUpSending, send } from "#worker/notifications/send.ts";

/** A job of its own, so that what follows a booking is seen, counted and waited for apart from the rest. */
export const sendConfirmation = send;
export const giveUpConfirmation = giveUpSending;
