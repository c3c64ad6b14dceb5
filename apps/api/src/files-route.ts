import { runInCall } from "@tsudoi/core/platform/call.ts";
import { downloadExport, type ExportFile } from "@tsudoi/core/registrations/download-export.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { attachment } from "./attachment.ts";
import { createApiContext, type Platform } from "./context.ts";
import { createDownloads, type Download } from "./downloads.ts";

/** A reader may rest: a browser that asks where to put the file does. */
const PAUSE_MS = MINUTE;

type FileRequest = FastifyRequest<{ Params: { token: string } }>;

/** Files behind links that work once: a browser follows them without a token of its own. */
export function addFilesRoute(server: FastifyInstance, platform: Platform): void {
  const downloads = createDownloads(platform);
  server.get(
    "/files/:token",
    // Whoever only looks would use the link up.
    { exposeHeadRoute: false },
    async (request: FileRequest, reply) => {
      await platform.limits.consumeDownload(request.ip);
      const ctx = await createApiContext(platform, request, reply);
      const download = downloads.begin();
      const file = await open(download, { ...ctx, deadline: download.deadline }, request);
      reply.raw.setTimeout(PAUSE_MS);
      return reply.headers(headersOf(file)).send(download.stream(file.content));
    },
  );
}

type OpenContext = Parameters<typeof downloadExport>[0];

async function open(
  download: Download,
  ctx: OpenContext,
  { id: requestId, params: { token } }: FileRequest,
): Promise<ExportFile> {
  const { deadline } = download;
  const call = { name: "registrations.downloadExport", requestId, queries: 0, deadline };
  try {
    return await runInCall(call, () => downloadExport(ctx, { token }));
  } catch (error) {
    download.giveUp();
    throw error;
  }
}

function headersOf({ name, format, mediaType }: ExportFile): Record<string, string> {
  return {
    "content-type": mediaType,
    "content-disposition": attachment(name, { plain: "registrations", type: format }),
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "referrer-policy": "no-referrer",
  };
}
