import { NO_DEADLINE } from "@tsudoi/core/platform/deadline.ts";
import { makePicture } from "@tsudoi/core/platform/pictures.ts";
import { COVER_SIZE, LEAST_COVER } from "@tsudoi/shared/covers.ts";
import { expect, test } from "vitest";
import { drawCover, SCENES, type Scene } from "./draw-cover.ts";

test.each(Object.entries(SCENES))(
  "%s is a picture that events can show",
  async (_, scene: Scene) => {
    const sizes = { largest: COVER_SIZE, least: LEAST_COVER, deadline: NO_DEADLINE };
    const picture = await makePicture(drawCover(scene), sizes);
    expect(picture).toMatchObject({ width: 1_120, height: 630 });
  },
);
