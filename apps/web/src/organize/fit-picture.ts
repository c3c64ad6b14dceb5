import { COVER_SIZE, COVER_TYPES, LEAST_COVER, MAX_COVER_BYTES } from "@tsudoi/shared/covers.ts";

export type PictureProblem = "unreadable" | "too_small" | "too_many_pixels" | "too_big";
export type Fitted = { picture: Blob } | { problem: PictureProblem };
type Size = { width: number; height: number };

/** Less is sent as it is: it was made for a screen. */
const SMALL_BYTES = 1_500_000;
const QUALITY = 0.92;

/** How large a picture has to stay to fill a cover both ways. */
export function fitSize({ width, height }: Size): Size {
  const scale = Math.min(1, Math.max(COVER_SIZE.width / width, COVER_SIZE.height / height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** What a phone takes is ten times what a page shows: it is made smaller before it is sent, upright and as it looks. */
export async function fitPicture(file: Blob): Promise<Fitted> {
  const seen = await createImageBitmap(file).catch(() => undefined);
  // What this browser cannot read the server may.
  if (seen === undefined) return isTaken(file) ? judge(file) : { problem: "unreadable" };
  try {
    if (seen.width < LEAST_COVER.width || seen.height < LEAST_COVER.height) {
      return { problem: "too_small" };
    }
    const isSmall = file.size <= SMALL_BYTES && isTaken(file);
    return judge(isSmall ? file : ((await draw(seen)) ?? file));
  } finally {
    seen.close();
  }
}

function isTaken({ type }: Blob): boolean {
  return COVER_TYPES.some((each) => each === type);
}

function judge(picture: Blob): Fitted {
  return picture.size > MAX_COVER_BYTES ? { problem: "too_big" } : { picture };
}

function draw(seen: ImageBitmap): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  const { width, height } = Object.assign(canvas, fitSize(seen));
  const context = canvas.getContext("2d");
  if (!context) return Promise.resolve(null);
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(seen, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
