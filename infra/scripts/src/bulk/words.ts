/** What generated titles are made of: a subject, and what happens with it. */
export const SUBJECTS: readonly { ja: string; en: string; category: string }[] = [
  { ja: "データ可視化", en: "Data visualisation", category: "seminar" },
  { ja: "業務自動化", en: "Workflow automation", category: "seminar" },
  { ja: "原価管理", en: "Cost accounting", category: "training" },
  { ja: "品質工学", en: "Quality engineering", category: "seminar" },
  { ja: "交渉術", en: "Negotiation", category: "training" },
  { ja: "契約実務", en: "Contract practice", category: "training" },
  { ja: "省エネルギー", en: "Saving energy", category: "seminar" },
  { ja: "メンタルヘルス", en: "Mental health", category: "health" },
  { ja: "腰痛予防体操", en: "Exercises for the back", category: "health" },
  { ja: "安全衛生", en: "Occupational safety", category: "training" },
  { ja: "新製品紹介", en: "New products", category: "all-hands" },
  { ja: "中期計画", en: "The mid-term plan", category: "all-hands" },
  { ja: "写真", en: "Photography", category: "social" },
  { ja: "将棋", en: "Shogi", category: "social" },
  { ja: "ハイキング", en: "Hiking", category: "social" },
  { ja: "英会話", en: "English conversation", category: "training" },
  { ja: "中国語", en: "Mandarin", category: "training" },
  { ja: "機械学習", en: "Machine learning", category: "seminar" },
  { ja: "個人情報保護", en: "Privacy at work", category: "training" },
  { ja: "物流改善", en: "Better logistics", category: "other" },
];

export const FORMS: readonly { ja: string; en: string }[] = [
  { ja: "入門", en: "an introduction" },
  { ja: "実践講座", en: "in practice" },
  { ja: "事例に学ぶ", en: "learning from cases" },
  { ja: "意見交換会", en: "an exchange of views" },
  { ja: "体験会", en: "try it yourself" },
  { ja: "相談会", en: "questions and answers" },
  { ja: "見学", en: "a visit" },
];

export const PLACES: readonly string[] = [
  "HQ 7F Hall",
  "HQ 5F Room A",
  "HQ 5F Room B",
  "HQ 1F Lobby",
  "Yokohama Plant 2, Training",
  "Osaka 4F Room C",
];
