/** A part of the page that did not come: no server, or one that has a newer build. */
export class LostPart extends Error {
  override name = "LostPart";
}

/** A browser may remember that a part did not come, so only a new page asks again. */
export async function part<Module>(asked: Promise<Module>): Promise<Module> {
  try {
    return await asked;
  } catch (cause) {
    throw new LostPart("a part of the page did not come", { cause });
  }
}
