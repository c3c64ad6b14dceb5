import type { DepartmentCode } from "./organization.ts";

export type Person = {
  familyName: string;
  givenName: string;
  familyKana: string | null;
  givenKana: string | null;
  /** Before the @ of the address. */
  mailbox: string;
  department: DepartmentCode;
  locale: "ja" | "en";
  role: "member" | "organizer" | "admin";
};

/** The people of the documented logins, then everyone else. */
export function listPeople(): Person[] {
  return [
    { ...japanese(ADMIN), role: "admin" },
    { ...japanese(ORGANIZER), role: "organizer" },
    japanese(DOOR),
    japanese(ATTENDEE),
    { ...japanese(SECOND_ORGANIZER), role: "organizer" },
    ...JAPANESE.map(japanese),
    ...ENGLISH.map(english),
  ];
}

type Japanese = readonly [
  family: string,
  given: string,
  familyKana: string,
  givenKana: string,
  mailbox: string,
  department: DepartmentCode,
];
type English = readonly [
  family: string,
  given: string,
  mailbox: string,
  department: DepartmentCode,
];

function japanese(row: Japanese): Person {
  const [familyName, givenName, familyKana, givenKana, mailbox, department] = row;
  const name = { familyName, givenName, familyKana, givenKana };
  return { ...name, mailbox, department, locale: "ja", role: "member" };
}

function english([familyName, givenName, mailbox, department]: English): Person {
  const name = { familyName, givenName, familyKana: null, givenKana: null };
  return { ...name, mailbox, department, locale: "en", role: "member" };
}

const ADMIN: Japanese = ["伊藤", "真理子", "イトウ", "マリコ", "admin", "people"];
const ORGANIZER: Japanese = ["中村", "健太", "ナカムラ", "ケンタ", "organizer", "people"];
const DOOR: Japanese = ["小林", "さくら", "コバヤシ", "サクラ", "door", "people"];
const ATTENDEE: Japanese = ["田中", "葵", "タナカ", "アオイ", "attendee", "engineering"];
const SECOND_ORGANIZER: Japanese = ["渡辺", "隆", "ワタナベ", "タカシ", "takashi.watanabe", "it"];

const JAPANESE: readonly Japanese[] = [
  ["佐藤", "美咲", "サトウ", "ミサキ", "misaki.sato", "sales"],
  ["鈴木", "翔太", "スズキ", "ショウタ", "shota.suzuki", "sales"],
  ["高橋", "直樹", "タカハシ", "ナオキ", "naoki.takahashi", "engineering"],
  ["山本", "恵子", "ヤマモト", "ケイコ", "keiko.yamamoto", "quality"],
  ["加藤", "大輔", "カトウ", "ダイスケ", "daisuke.kato", "production"],
  ["吉田", "優花", "ヨシダ", "ユウカ", "yuka.yoshida", "marketing"],
  ["山田", "浩一", "ヤマダ", "コウイチ", "koichi.yamada", "production"],
  ["佐々木", "結衣", "ササキ", "ユイ", "yui.sasaki", "engineering"],
  ["山口", "健一", "ヤマグチ", "ケンイチ", "kenichi.yamaguchi", "planning"],
  ["松本", "彩", "マツモト", "アヤ", "aya.matsumoto", "marketing"],
  ["井上", "拓也", "イノウエ", "タクヤ", "takuya.inoue", "engineering"],
  ["木村", "陽子", "キムラ", "ヨウコ", "yoko.kimura", "people"],
  ["林", "誠", "ハヤシ", "マコト", "makoto.hayashi", "quality"],
  ["斎藤", "莉子", "サイトウ", "リコ", "riko.saito", "sales"],
  ["清水", "亮", "シミズ", "リョウ", "ryo.shimizu", "it"],
  ["山崎", "香織", "ヤマザキ", "カオリ", "kaori.yamazaki", "production"],
  ["森", "悠斗", "モリ", "ユウト", "yuto.mori", "engineering"],
  ["池田", "千尋", "イケダ", "チヒロ", "chihiro.ikeda", "sales"],
  ["橋本", "剛", "ハシモト", "ツヨシ", "tsuyoshi.hashimoto", "production"],
  ["阿部", "奈緒", "アベ", "ナオ", "nao.abe", "quality"],
  ["石川", "康平", "イシカワ", "コウヘイ", "kohei.ishikawa", "engineering"],
  ["前田", "由美", "マエダ", "ユミ", "yumi.maeda", "marketing"],
  ["藤田", "達也", "フジタ", "タツヤ", "tatsuya.fujita", "production"],
  ["後藤", "明日香", "ゴトウ", "アスカ", "asuka.goto", "planning"],
  ["岡田", "進", "オカダ", "ススム", "susumu.okada", "production"],
  ["長谷川", "舞", "ハセガワ", "マイ", "mai.hasegawa", "engineering"],
  ["村上", "和也", "ムラカミ", "カズヤ", "kazuya.murakami", "sales"],
  ["近藤", "紗希", "コンドウ", "サキ", "saki.kondo", "it"],
  ["石井", "博", "イシイ", "ヒロシ", "hiroshi.ishii", "production"],
  ["坂本", "里奈", "サカモト", "リナ", "rina.sakamoto", "sales"],
  ["遠藤", "圭", "エンドウ", "ケイ", "kei.endo", "engineering"],
  ["青木", "友美", "アオキ", "トモミ", "tomomi.aoki", "quality"],
  ["藤井", "雄大", "フジイ", "ユウダイ", "yudai.fujii", "production"],
  ["西村", "麻衣", "ニシムラ", "マイ", "mai.nishimura", "marketing"],
  ["福田", "淳", "フクダ", "ジュン", "jun.fukuda", "planning"],
  ["太田", "真由", "オオタ", "マユ", "mayu.ota", "sales"],
  ["三浦", "慎吾", "ミウラ", "シンゴ", "shingo.miura", "production"],
  ["岡本", "楓", "オカモト", "カエデ", "kaede.okamoto", "engineering"],
  ["松田", "裕子", "マツダ", "ユウコ", "yuko.matsuda", "people"],
  ["中島", "蓮", "ナカジマ", "レン", "ren.nakajima", "it"],
  ["原田", "幸子", "ハラダ", "サチコ", "sachiko.harada", "production"],
  ["小川", "洋平", "オガワ", "ヨウヘイ", "yohei.ogawa", "sales"],
  ["竹内", "芽衣", "タケウチ", "メイ", "mei.takeuchi", "marketing"],
  ["中川", "正人", "ナカガワ", "マサト", "masato.nakagawa", "quality"],
  ["中野", "詩織", "ナカノ", "シオリ", "shiori.nakano", "engineering"],
  ["原", "一郎", "ハラ", "イチロウ", "ichiro.hara", "production"],
  ["小野", "瞳", "オノ", "ヒトミ", "hitomi.ono", "sales"],
  ["田村", "勇気", "タムラ", "ユウキ", "yuki.tamura", "production"],
  ["竹中", "遥", "タケナカ", "ハルカ", "haruka.takenaka", "planning"],
  ["金子", "哲也", "カネコ", "テツヤ", "tetsuya.kaneko", "quality"],
  ["和田", "さやか", "ワダ", "サヤカ", "sayaka.wada", "marketing"],
  ["中山", "大地", "ナカヤマ", "ダイチ", "daichi.nakayama", "production"],
  ["石田", "久美子", "イシダ", "クミコ", "kumiko.ishida", "it"],
  ["上田", "颯太", "ウエダ", "ソウタ", "sota.ueda", "engineering"],
];

const ENGLISH: readonly English[] = [
  ["Carter", "Daniel", "daniel.carter", "engineering"],
  ["Wilson", "Emma", "emma.wilson", "marketing"],
  ["Nguyen", "Linh", "linh.nguyen", "quality"],
  ["Fernandes", "Rafael", "rafael.fernandes", "production"],
  ["Okafor", "Grace", "grace.okafor", "sales"],
  ["Müller", "Jonas", "jonas.mueller", "engineering"],
  ["Park", "Jiwoo", "jiwoo.park", "it"],
  ["Sharma", "Priya", "priya.sharma", "planning"],
];
