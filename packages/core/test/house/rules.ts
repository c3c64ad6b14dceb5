import * as documents from "./documents.ts";
import * as migrations from "./migrations.ts";
import * as names from "./names.ts";
import * as packages from "./packages.ts";
import * as procedures from "./procedures.ts";
import * as tables from "./tables.ts";
import type { HouseRule } from "./tree.ts";
import * as verbs from "./verbs.ts";
import * as words from "./words.ts";

/** What no linter sees, because it takes two files to see it. */
export const HOUSE_RULES: { title: string; rule: HouseRule }[] = [
  { title: "a verb's file exports the function it is named after", rule: verbs.verbIsTheFile },
  { title: "a verb takes the context first", rule: verbs.verbTakesContextAndInput },
  { title: "a verb states its guarantee", rule: verbs.verbStatesItsGuarantee },
  { title: "a verb has its test beside it", rule: verbs.verbHasItsTest },
  { title: "features meet through verbs", rule: verbs.featuresMeetThroughVerbs },
  { title: "an audit action is a verb", rule: verbs.auditActionIsTheVerb },
  { title: "procedures are the catalogue", rule: procedures.proceduresAreTheCatalogue },
  { title: "a procedure is its verb", rule: procedures.procedureIsAVerb },
  { title: "a procedure asks who calls", rule: procedures.procedureAsksWhoCalls },
  { title: "a mutation keeps its key", rule: procedures.mutationKeepsItsKey },
  { title: "jobs are the catalogue", rule: procedures.jobsAreTheCatalogue },
  { title: "a job is its handler", rule: procedures.jobIsItsHandler },
  { title: "panels ask for known metrics", rule: procedures.panelsAskForKnownMetrics },
  { title: "a table has its file", rule: tables.tableHasItsFile },
  { title: "a table has one writer", rule: tables.tableHasOneWriter },
  { title: "migrations make nobody wait", rule: migrations.migrationsMakeNobodyWait },
  { title: "cited paths exist", rule: documents.citedPathsExist },
  { title: "cited commands exist", rule: documents.citedCommandsExist },
  { title: "dependencies have reasons", rule: documents.dependenciesHaveReasons },
  { title: "dependencies are used", rule: documents.dependenciesAreUsed },
  { title: "versions come from the catalog", rule: packages.versionsComeFromTheCatalog },
  { title: "the catalog is exact and used", rule: packages.catalogIsExactAndUsed },
  { title: "privileges have owners", rule: packages.privilegesHaveOwners },
  { title: "the lockfile is proven", rule: packages.lockfileIsProven },
  { title: "an install is guarded", rule: packages.installIsGuarded },
  { title: "no drawers", rule: names.noDrawers },
  { title: "folders stay shallow", rule: names.foldersStayShallow },
  { title: "files stay short", rule: names.filesStayShort },
  { title: "no loose ends", rule: names.noLooseEnds },
  { title: "tests lie beside their subject", rule: names.testsLieBesideTheirSubject },
  { title: "exports have readers", rule: names.exportsHaveReaders },
  { title: "texts say the words", rule: words.textsSayTheWords },
];
