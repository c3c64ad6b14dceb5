import type { Cover } from "@tsudoi/shared/events.ts";
import { useState } from "react";

type Props = { cover: Cover; className: string; lazy?: boolean };

/** Only a picture: what it stands for is written beside it. Its place is kept, and one that does not come leaves no hole. */
export function CoverPicture({ cover, className, lazy = false }: Props) {
  const [lost, setLost] = useState<string>();
  if (lost === cover.url) return <span className={className} />;
  return (
    <img
      className={className}
      src={cover.url}
      width={cover.width}
      height={cover.height}
      alt=""
      decoding="async"
      {...(lazy ? { loading: "lazy" } : {})}
      onError={() => setLost(cover.url)}
    />
  );
}
