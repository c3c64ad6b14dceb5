/** One rule of the linter, broken on purpose, and the same thing made lawful. */
export type LintCase = {
  /** `group/name` of Biome, `plugin/<file of infra/lint>` or `wall/<message>`. */
  rule: string;
  why: string;
  /** A folder, or a file whose `*` becomes a name of its own. */
  at: string;
  broken: string;
  /** Left out when the same text is lawful at `lawfulAt`. */
  lawful?: string;
  lawfulAt?: string;
  /** Rules that cannot but fire together with it. */
  together?: string[];
  /** A second file in the same folder, by name. */
  beside?: [name: string, text: string];
};
