import { createHash } from "node:crypto";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const OURS = /(?:apps\/web|packages\/shared)\/src\//;
/** Needed once somebody asks or answers. */
const QUESTIONS = /\/src\/(?:questions\/|(?:questions|answers)\.ts$|ui\/(?:choice|select)\.tsx$)/;
/** Needed once something opens over the page, and react-aria with it, or is there to be copied. */
const OVERLAYS = /\/src\/ui\/(?:confirm|dialog|copy-field)\.tsx$/;
/** Needed by those who organise. */
const ORGANIZING =
  /\/src\/(?:organize\/(?!people-search)|texts\/(?:manage|\w+-(?:manage|covers|editor|invitations|organize|publishing|series))\.ts$|ui\/tab-links\.tsx$)/;
/** Needed once somebody opens an event or their own registrations; what the list needs of it comes first. */
const ATTENDING =
  /\/src\/(?:registrations\/(?!booking|registration-queries|status-chip|my-search)|events\/use-settled|draw\/|links\/|time\/(?:use-)?time-left|calendars\/|texts\/(?:\w+-)?(?:attend|links)\.ts$)/;

const API = Object.fromEntries(
  ["/trpc", "/calendar", "/covers", "/uploads"].map((path) => [path, "http://127.0.0.1:3000"]),
);

export default defineConfig(({ command }) => {
  // What starts the build must not decide which React is shipped.
  // biome-ignore lint/style/noProcessEnv: Vite reads it here and nowhere else.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    plugins: [react(), twoLanguages(), unbrokenNumbers(), pureSchemas(), version()],
    server: { proxy: API },
    build: {
      manifest: true,
      modulePreload: { polyfill: false },
      // The page's policy allows no data: fonts.
      assetsInlineLimit: 0,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              // Changes with its versions only, so that a release leaves it in the caches.
              {
                name: "platform",
                test: /node_modules\/(?:react|react-dom|scheduler|@tanstack|@trpc)\//,
              },
              // What several pages need, in one piece instead of thirty; what only later ones need stays out of it.
              {
                name: "common",
                test: (id) =>
                  OURS.test(id) &&
                  ![QUESTIONS, OVERLAYS, ORGANIZING, ATTENDING].some((later) => later.test(id)),
                minShareCount: 2,
              },
              {
                name: "questions",
                test: QUESTIONS,
                minShareCount: 2,
                includeDependenciesRecursively: false,
              },
              {
                name: "attending",
                test: ATTENDING,
                minShareCount: 2,
                includeDependenciesRecursively: false,
              },
              {
                name: "organizing",
                test: ORGANIZING,
                minShareCount: 2,
                includeDependenciesRecursively: false,
              },
            ],
          },
        },
      },
    },
  };
});

/** Drops react-aria's own texts in languages the product does not speak. */
function twoLanguages(): Plugin {
  return {
    name: "two-languages",
    enforce: "pre",
    load: {
      filter: {
        id: /react-(?:aria|stately)[^?]*\/intl\/[a-z]+\/(?!ja-JP|en-US)[a-z]{2}-[A-Z]{2}\.mjs$/,
      },
      handler: () => "export default {};",
    },
  };
}

/** Japanese breaks a line almost anywhere, but not between a number and its counter: 残り 12 席. */
function unbrokenNumbers(): Plugin {
  return {
    name: "unbroken-numbers",
    transform: {
      filter: { id: /\/src\/texts\/ja[^/?]*\.ts$/ },
      handler: (code) =>
        code.replaceAll(/(?<=[\d}]) (?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])/gu, "\u00a0"),
    },
  };
}

/** Making a schema has no effect, which no bundler can know: one that nothing parses with is left out. */
function pureSchemas(): Plugin {
  return {
    name: "pure-schemas",
    apply: "build",
    transform: {
      filter: { id: /packages\/shared\/src\/[^?]+\.ts$/ },
      handler(code) {
        const made = this.parse(code).body.flatMap((statement) => {
          const said = "declaration" in statement ? statement.declaration : statement;
          if (said?.type !== "VariableDeclaration") return [];
          return said.declarations.flatMap(({ init }) => (init ? [init] : []));
        });
        return made.reduceRight((text, { start, end }) => {
          const value = text.slice(start, end);
          if (!/\bz\s*\.|\b(?:line|paragraph)\(/.test(value)) return text;
          return `${text.slice(0, start)}/* @__PURE__ */ (() => (${value}))()${text.slice(end)}`;
        }, code);
      },
    },
  };
}

/** Names the build in index.html and version.json, so that an open page can see that a newer one is out. */
function version(): Plugin {
  return {
    name: "version",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).sort().join("\n");
      const build = createHash("sha256").update(files).digest("hex").slice(0, 12);
      const page = bundle["index.html"];
      if (page?.type !== "asset") this.error("index.html is not in the bundle");
      page.source = String(page.source).replace("__BUILD__", build);
      this.emitFile({
        type: "asset",
        fileName: "version.json",
        source: JSON.stringify({ build }),
      });
    },
  };
}
