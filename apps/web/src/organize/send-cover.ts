import { TRPCClientError } from "@trpc/client";
import type { CoverChanged, CoverInput } from "@tsudoi/shared/covers.ts";
import { SECOND } from "@tsudoi/shared/time.ts";

/** The server gives it 30 s to arrive and ten to be made. */
const TIMEOUT_MS = 42 * SECOND;

export type Upload = CoverInput & {
  picture: Blob;
  /** The same for each try of one choice. */
  key: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
};

/** One request of its own: tRPC carries JSON, and `fetch` tells nothing of what is on its way. */
export function sendCover(token: string | undefined, upload: Upload): Promise<CoverChanged> {
  const { eventId, apply, picture, key, signal, onProgress } = upload;
  const { promise, resolve, reject } = Promise.withResolvers<CoverChanged>();
  const request = new XMLHttpRequest();
  const fail = () => reject(TRPCClientError.from(new TypeError("no answer")));
  const stop = () => request.abort();
  request.open("POST", `/uploads/covers/${eventId}?${new URLSearchParams({ apply })}`);
  request.responseType = "json";
  request.timeout = TIMEOUT_MS;
  request.setRequestHeader("content-type", picture.type);
  request.setRequestHeader("idempotency-key", key);
  request.setRequestHeader("x-csrf", "1");
  if (token !== undefined) request.setRequestHeader("authorization", `Bearer ${token}`);
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  request.onload = () => {
    const { response, status } = request;
    if (status === 200) resolve(response);
    else if (response?.error) reject(TRPCClientError.from(response));
    else fail();
  };
  request.onerror = fail;
  request.ontimeout = fail;
  request.onabort = fail;
  signal.addEventListener("abort", stop);
  request.onloadend = () => signal.removeEventListener("abort", stop);
  request.send(picture);
  return promise;
}
