import { DomainError } from "@tsudoi/shared/errors.ts";
import { describe, expect, test } from "vitest";
import { aBomb, anAnimation, aPhoto, aPicture, colourAt, partsOfWebp } from "#test/pictures.ts";
import { detailsOf, reasonOf } from "#test/refusals.ts";
import { deadlineIn } from "./deadline.ts";
import { makePicture } from "./pictures.ts";

const SIZES = { largest: { width: 1_600, height: 900 }, least: { width: 480, height: 270 } };
const made = (bytes: Buffer) => makePicture(bytes, { ...SIZES, deadline: deadlineIn(30_000) });
const codeOf = async (bytes: Buffer) => (await detailsOf(made(bytes))).issues?.[0]?.code;

const RED = [254, 0, 0];
/** How far the colours of a lossy picture may be off. */
const isNear = (colour: number[], wanted: number[]) =>
  colour.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) <= 12);

describe("a picture of somebody's", () => {
  test.each(["jpeg", "png", "webp", "avif"] as const)("%s becomes ours", async (format) => {
    const picture = await made(await aPicture({ format }));
    expect(picture).toMatchObject({ mediaType: "image/webp", width: 1_600, height: 900 });
    expect(partsOfWebp(picture.content)).toEqual(["VP8 "]);
    expect(isNear(await colourAt(picture.content, 100, 100), RED)).toBe(true);
    expect(isNear(await colourAt(picture.content, 1_500, 800), [0, 0, 254])).toBe(true);
  });

  test.each([
    ["smaller than a cover it keeps its pixels", [800, 450], [800, 450]],
    ["a tall one is cut above and below", [900, 2_000], [900, 506]],
    ["a wide one is cut on both sides", [4_000, 500], [889, 500]],
  ] as const)("%s", async (_, [width, height], size) => {
    const picture = await made(await aPicture({ width, height }));
    expect([picture.width, picture.height]).toEqual(size);
  });

  test("a phone's photo stands upright, and nothing tells where it was taken", async () => {
    const photo = await aPhoto();
    // What is to be gone was there.
    expect(photo.includes("Secret Camera")).toBe(true);
    expect(photo.includes("secret note")).toBe(true);
    const { content, ...size } = await made(photo);
    expect(size).toMatchObject({ width: 1_600, height: 900 });
    expect(partsOfWebp(content)).toEqual(["VP8 "]);
    for (const secret of ["Secret", "secret", "Exif", "GPS"]) {
      expect(content.includes(secret)).toBe(false);
    }
    // Turned by a quarter to the right, its upper left corner is at the upper right.
    expect(isNear(await colourAt(content, 1_500, 100), RED)).toBe(true);
    expect(isNear(await colourAt(content, 100, 100), RED)).toBe(false);
  });

  test("of an animation the first frame is left", async () => {
    const { content } = await made(await anAnimation("webp"));
    expect(partsOfWebp(content)).toEqual(["VP8 "]);
    expect(isNear(await colourAt(content, 300, 200), RED)).toBe(true);
  });

  test("noise, which nothing makes small, is served small all the same", async () => {
    const { content, width } = await made(
      await aPicture({ width: 1_600, height: 900, isNoise: true }),
    );
    expect(content.length).toBeLessThan(250_000);
    expect(width).toBe(800);
  });

  test("what follows a picture in its file is not kept", async () => {
    const page = "<script>alert(1)</script>";
    const both = Buffer.concat([await aPicture(), Buffer.from(page)]);
    const { content } = await made(both);
    expect(content.includes("script")).toBe(false);
  });
});

describe("what is refused", () => {
  test.each(["gif", "tiff"] as const)("%s, whatever it is called", async (format) => {
    expect(await codeOf(await aPicture({ format }))).toBe("unreadable");
  });

  test.each([
    ["nothing", ""],
    ["a page", "<!doctype html><script>alert(1)</script>"],
    ["a drawing", `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"/>`],
    ["a document", "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj"],
    ["the beginning of a JPEG", "\u00ff\u00d8\u00ff\u00e0"],
  ])("%s", async (_, text) => {
    expect(await codeOf(Buffer.from(text, "latin1"))).toBe("unreadable");
  });

  test.each(["jpeg", "png", "webp", "avif"] as const)("a torn %s", async (format) => {
    const whole = await aPicture({ format, width: 800, height: 600, isNoise: true });
    expect(await codeOf(whole.subarray(0, Math.floor(whole.length / 2)))).toBe("unreadable");
  });

  test("a file of a few bytes with nine hundred million pixels, before any is unpacked", async () => {
    const bomb = aBomb(30_000, 30_000);
    expect(bomb.length).toBeLessThan(200_000);
    const before = process.memoryUsage().rss;
    expect(await codeOf(bomb)).toBe("too_many_pixels");
    expect(process.memoryUsage().rss - before).toBeLessThan(20_000_000);
    // The same of a size that is taken is a picture: it is the pixels that are refused.
    expect((await made(aBomb(1_600, 900))).width).toBe(1_600);
  });

  test("fewer pixels of what is unpacked whole", async () => {
    expect(await codeOf(await aPicture({ width: 4_100, height: 3_000, format: "avif" }))).toBe(
      "too_many_pixels",
    );
  });

  test("a stamp", async () => {
    expect(await codeOf(await aPicture({ width: 479, height: 270 }))).toBe("too_small");
    expect(await codeOf(aBomb(1, 40_000_000))).toBe("too_small");
  });
});

describe("many at once", () => {
  test("one is made at a time, few wait, and the rest is told to come back", async () => {
    const bytes = await aPicture();
    const ends = await Promise.all(Array.from({ length: 8 }, () => reasonOf(made(bytes))));
    expect(ends.toSorted()).toEqual([
      ...Array(3).fill("OVERLOADED"),
      ...Array(5).fill("no refusal"),
    ]);
    expect(await reasonOf(made(bytes))).toBe("no refusal");
  });

  test("one whose time is up is not begun", async () => {
    const late = makePicture(await aPicture(), { ...SIZES, deadline: deadlineIn(0) });
    await expect(late).rejects.toEqual(new DomainError("TIMEOUT", { retryAfterMs: 1_000 }));
  });

  test("nobody else waits for it", async () => {
    const bytes = await aPicture({ width: 3_000, height: 2_000 });
    let turns = 0;
    let isDone = false;
    const turn = () => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    const work = made(bytes).finally(() => {
      isDone = true;
    });
    turn();
    await work;
    expect(turns).toBeGreaterThan(100);
  });
});
