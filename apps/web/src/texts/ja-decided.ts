const n = (value: number) => new Intl.NumberFormat("ja-JP").format(value);

/** What became of a decision on registrations. */
export const decided = {
  done: {
    approve: (people: number) => `${n(people)} 人の申込を承認しました。`,
    reject: (people: number) => `${n(people)} 人の申込を見送りました。`,
    seat: (people: number) => `${n(people)} 人に席を渡しました。`,
    cancel: (people: number) => `${n(people)} 人の申込を取り消しました。`,
  },
  refused: {
    approve: (people: number, why: string) => `${n(people)} 人は承認できませんでした：${why}`,
    reject: (people: number, why: string) => `${n(people)} 人は見送れませんでした：${why}`,
    seat: (people: number, why: string) => `${n(people)} 人には席を渡せませんでした：${why}`,
    cancel: (people: number, why: string) => `${n(people)} 人は取り消せませんでした：${why}`,
  },
  why: {
    SOLD_OUT: "満席です。",
    STATE_CONFLICT: "いまの状態ではできません。",
    EVENT_CANCELLED: "イベントは中止になりました。",
    ACCOUNT_DISABLED: "アカウントが無効です。",
    NOT_FOUND: "申込が見つかりません。",
  } as Record<string, string>,
  keptSelected: "できなかった人は選択されたままです。",
};
