/** Signs that a file system of somebody's refuses, and all that is not seen. */
const UNFIT = /[\\/:*?"<>|\p{C}\p{Zl}\p{Zp}]+/gu;
/** File systems count bytes, 255 of them: three for each of these and room for the rest. */
const MAX_CHARACTERS = 70;

/** The header that makes a browser keep an answer as a file: any name as RFC 5987 says, a plain one for the others. */
export function attachment(name: string, { plain, type }: { plain: string; type: string }): string {
  const fit = [...name.replace(UNFIT, " ").replace(/\s+/g, " ").trim()];
  const kept =
    fit
      .slice(0, MAX_CHARACTERS)
      .join("")
      .replace(/^[.\s]+|[.\s]+$/g, "") || plain;
  const encoded = encodeURIComponent(`${kept}.${type}`).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}.${type}"; filename*=UTF-8''${encoded}`;
}
