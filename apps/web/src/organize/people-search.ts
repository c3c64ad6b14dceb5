/** What the address of an event's list of people says. */
export type PeopleSearch = {
  text?: string | undefined;
  /** A status, or several; which ones there are the list knows. */
  standing?: string | undefined;
  departmentId?: string | undefined;
};

const LONGEST = 100;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What stands in an address may be anything; only what can be asked for is kept. */
export function readPeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const text = textOf(search.text).trim().slice(0, LONGEST);
  const standing = textOf(search.standing);
  const departmentId = textOf(search.departmentId);
  return {
    text: text || undefined,
    standing: standing || undefined,
    departmentId: ID.test(departmentId) ? departmentId : undefined,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function isFiltered({ text, standing, departmentId }: PeopleSearch): boolean {
  return text !== undefined || standing !== undefined || departmentId !== undefined;
}
