/** What organisers read of an event's picture. */
export const covers = {
  title: "カバー画像",
  hint: "一覧とイベントのページに出ます。JPEG・PNG・WebP・AVIF の 8 MB までの画像を使えます。",
  choose: "画像を選ぶ",
  drop: "または、ここにドラッグしてください。",
  dropNow: "ここで離してください。",
  change: "別の画像を選ぶ",
  remove: "画像を外す",
  removeFrom: "シリーズのどこまで外しますか",
  keep: "外さない",
  crop: "中央を 16:9 に切り抜きます。広い画面のイベントページではさらに横長になります。撮影場所などの情報は取り除かれます。",
  accept: "この画像にする",
  giveUp: "やめる",
  reading: "画像を読み込んでいます",
  sending: (percent: number) => `送信中 ${percent}%`,
  making: "画像を整えています",
  set: "カバー画像を設定しました。",
  removed: "カバー画像を外しました。",
  refused: {
    unreadable: {
      title: "この画像は読み込めません。",
      next: "JPEG・PNG・WebP・AVIF の画像を選んでください。",
    },
    too_small: {
      title: "画像が小さすぎます。",
      next: "480 × 270 ピクセル以上の画像を選んでください。",
    },
    too_many_pixels: {
      title: "画像が大きすぎます。",
      next: "縮小した画像を選んでください。",
    },
    too_big: { title: "ファイルが大きすぎます。", next: "8 MB までの画像を選んでください。" },
  },
};
