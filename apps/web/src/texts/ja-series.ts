const n = (value: number) => new Intl.NumberFormat("ja-JP").format(value);

/** What organisers read of the events that belong together. */
export const series = {
  title: "同じシリーズのどこまで変えますか",
  into: "シリーズのどの回に加えますか",
  this: "このイベントだけ",
  following: "このイベントと、これより後",
  all: "シリーズ全部",
  saves: {
    this: "保存すると、このイベントだけが変わります。",
    following: "保存すると、このイベントとこれより後が変わります。",
    all: "保存すると、シリーズ全部が変わります。",
  },
  allHint: "終わったものと中止したものは変わりません。",
  label: "シリーズのほかの回",
  place: (place: number, all: number) => `シリーズ ${n(all)} 回中 ${n(place)} 回目`,
  part: "シリーズの 1 回です。",
  previous: "前の回",
  next: "次の回",
};
