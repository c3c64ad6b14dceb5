import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

type Format = "jpeg" | "png" | "webp" | "avif" | "gif" | "tiff";
type Wanted = { width?: number; height?: number; format?: Format; isNoise?: boolean };

/** A picture whose upper left quarter is red on blue, so that one sees which way up it is. */
export function aPicture({ width = 1_920, height = 1_080, ...wanted }: Wanted = {}) {
  const { format = "jpeg", isNoise = false } = wanted;
  const picture = drawn({ width, height, isNoise });
  // The smallest AVIF takes seconds to write, and nobody asks for it here.
  return (format === "avif" ? picture.avif({ effort: 0 }) : picture.toFormat(format)).toBuffer();
}

/** As a phone writes it: turned by its orientation, with where and with what it was taken. */
export function aPhoto({ orientation = 6, width = 1_080, height = 1_920 } = {}): Promise<Buffer> {
  return drawn({ width, height })
    .jpeg()
    .withExif({
      IFD0: { Make: "Secret Camera", Copyright: "Somebody" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "35/1 41/1 22/1", GPSLongitudeRef: "E" },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>secret note</note></x:xmpmeta>`)
    .withMetadata({ orientation })
    .toBuffer();
}

function drawn({
  width,
  height,
  isNoise = false,
}: {
  width: number;
  height: number;
  isNoise?: boolean;
}) {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 80 };
  const create = { width, height, channels: 3 as const, background: "blue" };
  if (isNoise) return sharp({ create: { ...create, noise } });
  const quarter = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const red = { create: { ...quarter, channels: 3 as const, background: "red" } };
  return sharp({ create }).composite([{ input: red, left: 0, top: 0 }]);
}

/** Several frames, of which the first is red. */
export async function anAnimation(format: "webp" | "gif"): Promise<Buffer> {
  const frames = ["red", "green", "blue"].map((background) =>
    sharp({ create: { width: 640, height: 360, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

/** A PNG of a few bytes that says it has so many pixels, and has them once it is unpacked. */
export function aBomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // One bit for each pixel, grey.
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND")]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The names of the parts that a WebP file consists of, read as its container says and by no library. */
export function partsOfWebp(bytes: Buffer): string[] {
  const names: string[] = [];
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WEBP") {
    throw new Error("no WebP file");
  }
  for (let at = 12; at + 8 <= bytes.length; ) {
    names.push(bytes.toString("latin1", at, at + 4));
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return names;
}

/** The colour of one place of a picture. */
export async function colourAt(bytes: Buffer, left: number, top: number): Promise<number[]> {
  const one = { left, top, width: 1, height: 1 };
  return [...(await sharp(bytes).extract(one).removeAlpha().raw().toBuffer())];
}
