import { crc32, deflateSync } from "node:zlib";

const WIDTH = 1_120;
const HEIGHT = 630;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BITS = 8;
const TRUE_COLOUR = 2;

type Colour = readonly [red: number, green: number, blue: number];

/** A sky that goes from one colour to another, a disc in it, and hills before both. */
export type Scene = { from: Colour; to: Colour; disc: Colour; hills: readonly Colour[] };

export const SCENES = {
  dawn: {
    from: [244, 214, 190],
    to: [232, 150, 120],
    disc: [250, 236, 210],
    hills: [
      [200, 104, 84],
      [150, 66, 62],
      [92, 42, 50],
    ],
  },
  sea: {
    from: [206, 222, 240],
    to: [120, 156, 206],
    disc: [246, 246, 240],
    hills: [
      [84, 124, 178],
      [54, 86, 140],
      [32, 52, 96],
    ],
  },
  tea: {
    from: [236, 238, 206],
    to: [178, 204, 150],
    disc: [252, 250, 226],
    hills: [
      [124, 164, 104],
      [82, 124, 78],
      [44, 80, 58],
    ],
  },
  dusk: {
    from: [72, 58, 104],
    to: [222, 132, 116],
    disc: [250, 214, 150],
    hills: [
      [118, 70, 108],
      [74, 46, 88],
      [40, 28, 62],
    ],
  },
} as const satisfies Record<string, Scene>;

/** A picture as a file, the same each time. */
export function drawCover(scene: Scene): Buffer {
  const line = 1 + 3 * WIDTH;
  const rows = Buffer.alloc(line * HEIGHT);
  for (let x = 0; x < WIDTH; x += 1) {
    const crests = scene.hills.map((_, index) => crest(index, x / WIDTH));
    for (let y = 0; y < HEIGHT; y += 1) {
      const hill = scene.hills[crests.findLastIndex((height) => y / HEIGHT > height)];
      const colour = hill ?? skyAt(scene, x / WIDTH, y / HEIGHT);
      rows.set(colour, y * line + 1 + 3 * x);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([BITS, TRUE_COLOUR], 8);
  const level = { level: 1 };
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows, level)), chunk("IEND")];
  return Buffer.concat([SIGNATURE, ...parts]);
}

const DISC = { x: 0.7, y: 0.36, radius: 0.17 };

function skyAt({ from, to, disc }: Scene, x: number, y: number): Colour {
  const away = Math.hypot(((x - DISC.x) * WIDTH) / HEIGHT, y - DISC.y);
  if (away < DISC.radius) return disc;
  return mix(from, to, Math.min(1, y * 1.3));
}

/** Each hill stands before the last one, and lower. */
function crest(index: number, x: number): number {
  const wave = Math.sin(x * (5 - index) + index * 2.1) + Math.sin(x * 9 + index) / 3;
  return 0.58 + index * 0.14 - wave * 0.09;
}

function mix(one: Colour, other: Colour, share: number): Colour {
  const between = (place: 0 | 1 | 2) =>
    Math.round(one[place] + (other[place] - one[place]) * share);
  return [between(0), between(1), between(2)];
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
