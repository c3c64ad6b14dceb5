import type { Standing } from "@tsudoi/shared/registrations.ts";
import type { Locale } from "@tsudoi/shared/text.ts";

type Words = {
  name: string;
  number: string;
  status: string;
  familyName: string;
  givenName: string;
  familyKana: string;
  givenKana: string;
  email: string;
  department: string;
  registeredAt: (zone: string) => string;
  position: string;
  reason: string;
  /** Between several options of one answer. */
  and: string;
  /** As the screens say it. */
  statuses: Record<Standing, string>;
};

export const EXPORT_WORDS: Record<Locale, Words> = {
  ja: {
    name: "申込一覧",
    number: "受付番号",
    status: "状態",
    familyName: "姓",
    givenName: "名",
    familyKana: "姓（フリガナ）",
    givenKana: "名（フリガナ）",
    email: "メールアドレス",
    department: "部署",
    registeredAt: (zone) => `申込日時（${zone}）`,
    position: "キャンセル待ちの順番",
    reason: "理由",
    and: "、",
    statuses: {
      confirmed: "参加確定",
      waitlisted: "キャンセル待ち",
      pending: "承認待ち",
      entered: "抽選待ち",
      offered: "繰り上げのご案内",
      cancelled: "取り消し済み",
      rejected: "見送り",
      declined: "辞退",
      expired: "期限切れ",
    },
  },
  en: {
    name: "Registrations",
    number: "Receipt number",
    status: "Status",
    familyName: "Family name",
    givenName: "Given name",
    familyKana: "Family name (kana)",
    givenKana: "Given name (kana)",
    email: "E-mail",
    department: "Department",
    registeredAt: (zone) => `Registered (${zone})`,
    position: "Place on the waitlist",
    reason: "Reason",
    and: ", ",
    statuses: {
      confirmed: "Confirmed",
      waitlisted: "On the waitlist",
      pending: "Awaiting approval",
      entered: "Awaiting the draw",
      offered: "Seat offered",
      cancelled: "Cancelled",
      rejected: "Not accepted",
      declined: "Declined",
      expired: "Expired",
    },
  },
};
