import { DomainError } from "@tsudoi/shared/errors.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import { BulkheadRejectedError, bulkhead } from "cockatiel";
import sharp, { type Metadata, type Sharp } from "sharp";
import { type Deadline, refuseIfPast, remainingMs } from "./deadline.ts";

/** Whatever a file is called, nothing else reads it: no SVG, no PDF, no animation beyond its first frame. */
const READERS = ["JpegBuffer", "PngBuffer", "WebpBuffer", "HeifBuffer"];
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: READERS.map((reader) => `VipsForeignLoad${reader}`) });
// Nothing comes twice, and one picture is one thread's work.
sharp.cache(false);
sharp.concurrency(1);

/** Each may hold three hundred megabytes for a moment, so one is made at a time and few wait. */
const RUNNING = 1;
const WAITING = 4;
const RETRY_AFTER_MS = 2_000;
const MOST_SECONDS = 8;
/** A camera's largest; more is a picture made to fill memory. */
const MAX_PIXELS = 50_000_000;
/** Of what has to be unpacked whole, at up to twenty-five bytes for each. */
const MAX_WHOLE_PIXELS = 12_000_000;
const MAX_CHANNELS = 5;
/** A list shows twenty of them. */
const TARGET_BYTES = 250_000;
const QUALITIES = [80, 65, 45];
const LAST_QUALITY = 40;

const gate = bulkhead(RUNNING, WAITING);

export type Picture = { content: Buffer; mediaType: "image/webp"; width: number; height: number };
type Size = { width: number; height: number };
type Wanted = { largest: Size; least: Size; deadline: Deadline };

/**
 * A picture of somebody's as one of ours: upright, cut to a shape around its middle, in sRGB on white, with nothing
 * left of what the file said besides. What is no picture, or could hurt when it is opened, is refused.
 */
export async function makePicture(bytes: Buffer, wanted: Wanted): Promise<Picture> {
  try {
    return await gate.execute(async () => {
      refuseIfPast(wanted.deadline);
      const size = sizeWithin(await sizeOf(bytes), wanted);
      return encode(await decode(bytes, size, wanted.deadline));
    });
  } catch (error) {
    if (!(error instanceof BulkheadRejectedError)) throw error;
    throw new DomainError("OVERLOADED", { retryAfterMs: RETRY_AFTER_MS }, { cause: error });
  }
}

/** As its first bytes say, before anything is unpacked. */
async function sizeOf(bytes: Buffer): Promise<Size> {
  const head = await readHead(bytes);
  if (!isKnown(head)) throw refusal("unreadable", "JPEG, PNG, WebP and AVIF are read");
  const most = isReadInParts(head) ? MAX_PIXELS : MAX_WHOLE_PIXELS;
  if (head.width * head.height > most) {
    throw refusal("too_many_pixels", `at most ${most} pixels`);
  }
  return head.autoOrient;
}

async function readHead(bytes: Buffer): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw refusal("unreadable", "no picture that can be read", cause);
  }
}

/** HEIC has the same container as AVIF, and a decoder that is not there. */
function isKnown({ format, compression }: Metadata): boolean {
  return format === "heif" ? compression === "av1" : format !== undefined;
}

/** Line after line, or small from the start. */
function isReadInParts({ format, isProgressive, orientation = 1 }: Metadata): boolean {
  return !isProgressive && (format === "jpeg" || (format === "png" && orientation === 1));
}

function sizeWithin({ width, height }: Size, { largest, least }: Wanted): Size {
  if (width < least.width || height < least.height) {
    throw refusal("too_small", `at least ${least.width} by ${least.height} pixels`);
  }
  const scale = Math.min(1, width / largest.width, height / largest.height);
  return { width: Math.round(largest.width * scale), height: Math.round(largest.height * scale) };
}

type Pixels = { data: Buffer; info: Size & { channels: 1 | 2 | 3 | 4 } };

async function decode(bytes: Buffer, size: Size, deadline: Deadline): Promise<Pixels> {
  const reader = sharp(bytes, {
    limitInputPixels: MAX_PIXELS,
    limitInputChannels: MAX_CHANNELS,
    failOn: "error",
  });
  try {
    return await reader
      .autoOrient()
      .resize({ ...size, fit: "cover" })
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .timeout({ seconds: Math.min(MOST_SECONDS, Math.ceil(remainingMs(deadline) / SECOND)) })
      .raw()
      .toBuffer({ resolveWithObject: true });
  } catch (cause) {
    refuseIfPast(deadline);
    throw refusal("unreadable", "the picture is damaged or takes too long", cause);
  }
}

/** As good as the bytes allow; what is all noise becomes smaller too. */
async function encode({ data, info }: Pixels): Promise<Picture> {
  const { width, height, channels } = info;
  const pixels = () => sharp(data, { raw: { width, height, channels } });
  for (const quality of QUALITIES) {
    const picture = await write(pixels(), quality);
    if (picture.content.length <= TARGET_BYTES) return picture;
  }
  return write(pixels().resize({ width: Math.round(width / 2) }), LAST_QUALITY);
}

async function write(pixels: Sharp, quality: number): Promise<Picture> {
  const { data, info } = await pixels.webp({ quality }).toBuffer({ resolveWithObject: true });
  return { content: data, mediaType: "image/webp", width: info.width, height: info.height };
}

function refusal(code: string, message: string, cause?: unknown): DomainError {
  return new DomainError("VALIDATION", { issues: [{ path: "picture", code, message }] }, { cause });
}
