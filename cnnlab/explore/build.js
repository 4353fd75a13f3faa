/** Bundle every explorer: src/NAME.js and src/NAME.css become bundles/NAME.js and NAME.css. */
import { build } from "esbuild";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// An explorer is a module that has a style sheet of the same name.
const names = readdirSync(here("src"))
  .filter((file) => file.endsWith(".css") && file !== "base.css")
  .map((file) => file.replace(".css", ""));

await build({
  entryPoints: names.flatMap((name) => [here(`src/${name}.js`), here(`src/${name}.css`)]),
  outdir: process.argv[2] ?? here("bundles"),
  bundle: true,
  format: "esm",
  charset: "utf8",
  target: ["chrome123", "firefox120", "safari17.5"],
});
