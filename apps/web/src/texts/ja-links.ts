/** The pages that the links of a mail lead to. */
export const links = {
  offerTitle: "繰り上げのご案内",
  accept: {
    lead: (name: string) => `${name} さんの席をお取りしています。参加しますか。`,
    press: "参加する",
    working: "参加を確定しています",
    until: "お返事の期限",
    instead: "参加を辞退する",
  },
  decline: {
    lead: (name: string) => `${name} さんの席を、次の方にお譲りします。`,
    press: "辞退する",
    working: "辞退を伝えています",
    until: "お返事の期限",
    instead: "辞退せずに参加する",
  },
  leaveTitle: "参加できなくなった場合",
  leave: {
    lead: (name: string) => `${name} さんの申込を取り消します。元に戻すことはできません。`,
    press: "申込を取り消す",
    working: "申込を取り消しています",
    until: "取り消しの締切",
  },
  states: {
    confirmed: {
      title: "参加が確定しています",
      next: "受付番号と場所は、ログインすると確認できます。",
    },
    waitlisted: {
      title: "キャンセル待ちに登録済みです",
      next: "席が空き次第、メールでお知らせします。",
    },
    pending: { title: "結果をお待ちください", next: "決まり次第、メールでお知らせします。" },
    declined: { title: "席を辞退しました", next: "お知らせくださり、ありがとうございました。" },
    expired: {
      title: "繰り上げのご案内の期限が切れました",
      next: "席は次の方にご案内しました。もう一度申し込むには、ログインしてください。",
    },
    cancelled: {
      title: "申込は取り消されています",
      next: "もう一度申し込むには、ログインしてください。",
    },
    rejected: {
      title: "申込は見送りとなりました",
      next: "ご不明な点は、主催者にお問い合わせください。",
    },
    tooLate: {
      title: "取り消しの締切を過ぎています",
      next: "ご都合が悪くなった場合は、主催者にご連絡ください。",
    },
    eventCancelled: {
      title: "このイベントは中止になりました",
      next: "申込を取り消す必要はありません。",
    },
  },
  mine: "ログインして申込を見る",
  gone: {
    title: "このリンクは使えません。",
    next: "リンクが途中で切れているか、イベントが終わっています。申込はログインすると確認できます。",
  },
};
