import type { ProblemReason } from "#web/problems/problem.ts";

/** What happened, and what to do next. */
export type Refusal = { title: string; next: string };

export const refusals: Record<ProblemReason, Refusal> = {
  VALIDATION: {
    title: "入力内容をご確認ください。",
    next: "印のついた項目を直してから、もう一度お試しください。",
  },
  NOT_SIGNED_IN: {
    title: "ログインの有効期限が切れました。",
    next: "もう一度ログインすると、続きから操作できます。",
  },
  MFA_REQUIRED: {
    title: "確認コードが必要です。",
    next: "認証アプリに表示されているコードを入力してください。",
  },
  SSO_REQUIRED: {
    title: "シングルサインオンでログインしてください。",
    next: "この組織では、パスワードでのログインは使われていません。",
  },
  FORBIDDEN: {
    title: "この操作を行う権限がありません。",
    next: "必要な場合は、主催者か管理者にご相談ください。",
  },
  NOT_IN_AUDIENCE: {
    title: "このイベントの申込対象に含まれていません。",
    next: "参加を希望される場合は、主催者にお問い合わせください。",
  },
  NOT_FOUND: {
    title: "お探しのものが見つかりません。",
    next: "削除されたか、公開が終わった可能性があります。イベント一覧からお探しください。",
  },
  LINK_EXPIRED: {
    title: "このリンクは有効期限が切れています。",
    next: "新しいリンクの発行を依頼してください。",
  },
  SOLD_OUT: {
    title: "満席になりました。",
    next: "このイベントにはキャンセル待ちがありません。ほかの日程をご覧ください。",
  },
  ALREADY_REGISTERED: {
    title: "すでに申込済みです。",
    next: "受付番号と状態は「申込」のページで確認できます。",
  },
  ACCOUNT_DISABLED: {
    title: "この方のアカウントは無効になっています。",
    next: "申込はそのまま残ります。管理者がアカウントを有効に戻すと、席を渡せるようになります。",
  },
  NOT_OPEN_YET: {
    title: "申込の受付はまだ始まっていません。",
    next: "受付が始まってから、もう一度お越しください。",
  },
  REGISTRATION_CLOSED: {
    title: "申込の受付は終了しました。",
    next: "参加を希望される場合は、主催者にお問い合わせください。",
  },
  EVENT_CANCELLED: {
    title: "このイベントは中止になりました。",
    next: "イベント一覧から、ほかのイベントをご覧ください。",
  },
  CANCEL_DEADLINE_PASSED: {
    title: "取り消しの締切を過ぎています。",
    next: "ご都合が悪くなった場合は、主催者にご連絡ください。",
  },
  OFFER_EXPIRED: {
    title: "繰り上げのご案内の期限が切れました。",
    next: "席は次の方にご案内しました。もう一度キャンセル待ちに登録できます。",
  },
  CAPACITY_BELOW_TAKEN: {
    title: "申込済みの人数より定員を少なくすることはできません。",
    next: "定員を、すでに埋まっている席の数以上にしてください。",
  },
  SURVEY_CLOSED: {
    title: "アンケートの回答期間は終了しました。",
    next: "ご意見は主催者へ直接お寄せください。",
  },
  ALREADY_ANSWERED: {
    title: "このアンケートには回答済みです。",
    next: "ご協力ありがとうございました。",
  },
  TRANSLATION_MISSING: {
    title: "翻訳が入力されていない言語があります。",
    next: "翻訳を入力するか、片方の言語だけで公開することを選んでください。",
  },
  VERSION_CONFLICT: {
    title: "別の変更が先に保存されました。",
    next: "ページを読み直して、最新の内容を確認してから変更してください。",
  },
  STATE_CONFLICT: {
    title: "状況が変わったため、この操作はできません。",
    next: "ページを読み直して、最新の状況をご確認ください。",
  },
  LEGAL_HOLD: {
    title: "保全の対象になっているため、変更できません。",
    next: "管理者にご相談ください。",
  },
  IDEMPOTENCY_MISMATCH: {
    title: "同じ操作が、異なる内容で送られました。",
    next: "ページを読み直して、もう一度お試しください。",
  },
  RATE_LIMITED: {
    title: "短い時間に操作が続いたため、一時的にお待ちいただいています。",
    next: "少し時間をおいてから、もう一度お試しください。",
  },
  OVERLOADED: {
    title: "ただいま混み合っています。",
    next: "少し待ってから、もう一度お試しください。",
  },
  TIMEOUT: {
    title: "応答に時間がかかっています。",
    next: "少し待ってから、もう一度お試しください。二重に処理されることはありません。",
  },
  INTERNAL: {
    title: "うまく処理できませんでした。",
    next: "もう一度お試しください。",
  },
  UNREACHABLE: {
    title: "サーバーに接続できません。",
    next: "ネットワークの接続を確認して、もう一度お試しください。",
  },
};
