export const TIME_ZONE = "Asia/Tokyo";
export const PASSWORD = "tsudoi-demo";

export const ORGANIZATION = {
  nameJa: "みなと精機株式会社",
  nameEn: "Minato Precision Co., Ltd.",
  locale: "ja",
  timeZone: TIME_ZONE,
} as const;

export const DEPARTMENTS = [
  { code: "planning", nameJa: "経営企画部", nameEn: "Corporate Planning", headcount: 14 },
  { code: "people", nameJa: "人事総務部", nameEn: "People and General Affairs", headcount: 18 },
  { code: "sales", nameJa: "営業部", nameEn: "Sales", headcount: 64 },
  { code: "marketing", nameJa: "マーケティング部", nameEn: "Marketing", headcount: 21 },
  { code: "engineering", nameJa: "開発部", nameEn: "Engineering", headcount: 82 },
  { code: "production", nameJa: "製造部", nameEn: "Production", headcount: 146 },
  {
    code: "quality",
    nameJa: "品質保証課",
    nameEn: "Quality Assurance",
    headcount: 33,
    parent: "production",
  },
  { code: "it", nameJa: "情報システム部", nameEn: "Information Systems", headcount: 17 },
] as const;

export type DepartmentCode = (typeof DEPARTMENTS)[number]["code"];
