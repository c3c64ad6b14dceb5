/** One's events in one's own calendar. */
export const calendars = {
  add: "カレンダーに追加",
  adding: "カレンダー用のファイルを用意しています",
  title: "いつものカレンダーで見る",
  lead: "申し込んだイベントを、スマートフォンやパソコンのカレンダーに表示できます。一度登録すれば、申込や変更は自動で反映されます。",
  subscribe: "カレンダーに登録する",
  address: "カレンダーのアドレス",
  copy: "コピー",
  copied: "アドレスをコピーしました。",
  byHand: "アドレスを選択しました。コピーしてお使いください。",
  addressHint:
    "Google カレンダーや Outlook には、このアドレスを貼り付けて登録します。反映には数時間かかることがあります。",
  secret: "このアドレスを知っている人は、あなたの予定を見られます。",
  rotate: "新しいアドレスにする",
  rotateTitle: "新しいアドレスにしますか",
  rotateBody:
    "いまのアドレスはすぐに使えなくなります。お使いのカレンダーには、新しいアドレスで登録し直してください。",
  rotateYes: "新しくする",
  rotateNo: "戻る",
  rotated: "新しいアドレスになりました。",
};
