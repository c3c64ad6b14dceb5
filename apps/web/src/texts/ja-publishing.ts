const n = (value: number) => new Intl.NumberFormat("ja-JP").format(value);

/** What organisers read about the way from a draft to the public. */
export const publishing = {
  panel: "主催者向け",
  draft: "これは下書きです。",
  draftNext: "公開すると、参加者が一覧から見つけて申し込めるようになります。",
  publish: "公開する",
  wholeSeries: "シリーズの下書きをすべて公開する",
  unfit: {
    endsAt: {
      title: "終了日時を過ぎているため、公開できません。",
      next: "編集画面で先の日時に変えると、公開できます。",
    },
    registrationClosesAt: {
      title: "申込の締切を過ぎているため、公開できません。",
      next: "編集画面で締切を先の日時に変えると、公開できます。",
    },
    drawAt: {
      title: "抽選の日時を過ぎているため、公開できません。",
      next: "編集画面で抽選を先の日時に変えると、公開できます。",
    },
    other: {
      title: "日時の前後が合わないため、公開できません。",
      next: "編集画面で日時と締切を直すと、公開できます。",
    },
  },
  unfitIn: (date: string) => `${date} の回です。`,
  toField: "日時の変更",
  windowOver: (moment: string) =>
    `申込の締切（${moment}）を過ぎました。締切を延ばすと、申込をまた受け付けます。`,
  windowOverClosed: (moment: string) =>
    `申込の締切（${moment}）を過ぎました。締切を延ばすと、受付を再開できます。`,
  toDeadline: "締切の変更",
  reopenedOpens: (moment: string) => `受付を再開しました。受付開始は ${moment} です。`,
  duplicated: "下書きとして複製しました。まだ公開されていません。",
  duplicateInvited:
    "次の週の同じ曜日と時刻で、同じ内容の下書きを作ります。招待した人も引き継ぎ、公開するとメールでお知らせします。",
  missingTitle: "翻訳が足りません",
  missingBody: (languages: string[]) =>
    `${languages.join("と")}で書かれていない項目があります。このまま公開すると、そこはもう一方の言語で表示されます。`,
  missing: "足りない項目",
  missingMore: (count: number) => `ほか ${n(count)} 件`,
  missingIn: (date: string) => `${date} の回に、翻訳の足りない項目があります。`,
  question: (place: number) => `質問 ${n(place)}`,
  option: (place: number, option: number) => `質問 ${n(place)} の選択肢 ${n(option)}`,
  inLanguage: (name: string, language: string) => `${name}（${language}）`,
  anyway: "このまま公開する",
  no: "戻る",
  published: "公開しました。",
  publishedNext: "一覧に表示され、申込を受け付けます。",
  publishedOpens: (moment: string) => `一覧に表示されます。申込の受付は ${moment} に始まります。`,
  publishedClosed: "一覧に表示されます。申込の受付は終了しています。",
  wholeSeriesPublished: (events: number) => `シリーズの ${n(events)} 回すべてを公開しました。`,
  partPublished: (events: number, all: number) =>
    `シリーズ ${n(all)} 回のうち ${n(events)} 回を公開しています。`,
  forInvited: "招待した人だけに表示されます。アカウントのある人にはメールでお知らせします。",
  invite: "招待する人を選ぶ",
};
