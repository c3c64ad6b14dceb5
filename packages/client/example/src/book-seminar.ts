import { type Client, createClient, type Outputs, TsudoiError } from "@tsudoi/client";
import { readConfig } from "./config.ts";

type Seminar = Outputs["events"]["list"]["items"][number];

const { url, email, password } = readConfig();

const tsudoi: Client = createClient({
  url,
  getToken: async () => (await tsudoi.auth.signIn.mutate({ email, password })).accessToken,
  onRetry: ({ error, delayMs }) => say(`${error.message}: again in ${delayMs} ms`),
});

const me = await tsudoi.auth.me.query();
say(`${me.familyName} ${me.givenName}, ${me.organization.name[me.locale]}`);

for await (const seminar of tsudoi.events.list.each({ category: "seminar" })) {
  if (seminar.myStatus !== undefined) continue;
  if (await book(seminar)) break;
}

/** Whether there is a seat now, or a place on the waitlist. */
async function book(seminar: Seminar): Promise<boolean> {
  const title = seminar.title[me.locale] || seminar.title.en || seminar.title.ja;
  try {
    const { registration } = await tsudoi.registrations.register.mutate({ eventId: seminar.id });
    say(`${title}: ${registration.status}, number ${registration.number}`);
    return true;
  } catch (error) {
    if (!(error instanceof TsudoiError)) throw error;
    say(`${title}: ${error.reason}`);
    return false;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
