const n = (value: number) => new Intl.NumberFormat("ja-JP").format(value);

/** What organisers read about who is invited. */
export const invitations = {
  lead: "招待した人と、リンクから加わった人です。",
  openTitle: "このイベントは、招待なしで申し込めます",
  openBody: "編集画面の「申し込める人」を「招待した人だけ」にすると、ここで招待できます。",
  toAudience: "「申し込める人」を変える",
  listKept: "前に招待した人です。「招待した人だけ」に戻すと、またこの人たちが申し込めます。",
  table: "招待した人の一覧",
  via: "加わり方",
  vias: { list: "招待", link: "リンクから" },
  removeOf: (email: string) => `${email} を外す`,
  removed: (email: string) => `${email} を外しました。`,
  search: "メールアドレスか名前で探す",
  noneTitle: "あてはまる人はいません",
  noneBody: "言葉を短くするか、消してください。",
  shown: (people: number) => `${n(people)} 人を表示しています`,
  end: "これで全員です",
  emptyTitle: "まだだれも招待していません",
  emptyBody: "メールアドレスを入れるか、招待リンクを知らせると、ここに並びます。",
  add: "メールアドレスで招待",
  addresses: "メールアドレス",
  addressesHint: "1 行に 1 つずつ、またはメールソフトから貼り付けてください。",
  mailed: {
    now: "アカウントのある人に、イベントへのリンクを 1 度だけメールでお送りします。",
    published:
      "公開すると、アカウントのある人に、イベントへのリンクを 1 度だけメールでお送りします。",
    reopened:
      "受付を再開すると、アカウントのある人に、イベントへのリンクを 1 度だけメールでお送りします。",
    never: "メールはお送りしません。",
  },
  onePerSeries: "シリーズについてのメールは、1 人に 1 通だけです。",
  noAccount: "アカウントのない人には、アカウントができたときにイベントが一覧に表示されます。",
  needed: "メールアドレスを入力してください。",
  wrong: (part: string) => `「${part}」はメールアドレスではないようです。`,
  many: (most: number) => `一度に招待できるのは ${n(most)} 人までです。`,
  full: (most: number) =>
    `1 つのイベントに招待できるのは ${n(most)} 人までです。今回はだれも追加していません。`,
  invited: (people: number) =>
    people === 0 ? "全員がすでに招待されています。" : `${n(people)} 人を招待しました。`,
  submit: "招待する",
  link: "招待リンク",
  linkLead: "組織の人がこのリンクを開くと、招待された人になります。",
  linkOnly: "招待されるのは、このイベントだけです。",
  copy: "コピー",
  copied: "コピーしました。",
  byHand: "選択しました。キーボードでコピーしてください。",
  rotate: "リンクを作り直す",
  rotateTitle: "リンクを作り直しますか",
  rotateBody: "いまのリンクは使えなくなります。すでに加わった人はそのままです。",
};
