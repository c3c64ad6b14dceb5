import { covers as coversEn } from "./en-covers.ts";
import { decided as decidedEn } from "./en-decided.ts";
import { editor as editorEn } from "./en-editor.ts";
import { invitations as invitationsEn } from "./en-invitations.ts";
import { manage as en } from "./en-manage.ts";
import { organize as organizeEn } from "./en-organize.ts";
import { publishing as publishingEn } from "./en-publishing.ts";
import { series as seriesEn } from "./en-series.ts";
import { covers as coversJa } from "./ja-covers.ts";
import { decided as decidedJa } from "./ja-decided.ts";
import { editor as editorJa } from "./ja-editor.ts";
import { invitations as invitationsJa } from "./ja-invitations.ts";
import { manage as ja } from "./ja-manage.ts";
import { organize as organizeJa } from "./ja-organize.ts";
import { publishing as publishingJa } from "./ja-publishing.ts";
import { series as seriesJa } from "./ja-series.ts";
import { useTexts } from "./texts.tsx";

export const MANAGE = {
  ja: {
    ...ja,
    covers: coversJa,
    decided: decidedJa,
    editor: editorJa,
    invitations: invitationsJa,
    organize: organizeJa,
    publishing: publishingJa,
    series: seriesJa,
  },
  en: {
    ...en,
    covers: coversEn,
    decided: decidedEn,
    editor: editorEn,
    invitations: invitationsEn,
    organize: organizeEn,
    publishing: publishingEn,
    series: seriesEn,
  },
};

export type ManageTexts = (typeof MANAGE)["ja"];

/** The texts of organisers, which come with its pages and not with the first load. */
export function useManageTexts(): ManageTexts {
  return MANAGE[useTexts().locale];
}
