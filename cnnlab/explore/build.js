/** Bundle every explorer: src/NAME.js and src/NAME.css become bundles/NAME.js and NAME.css. */
import { build } from "esbuild";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rules } from "./src/palette.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// An explorer is a module that has a style sheet of the same name.
const files = readdirSync(here("src"));
const names = files
  .filter((file) => file.endsWith(".js"))
  .map((file) => file.replace(".js", ""))
  .filter((name) => files.includes(`${name}.css`));

/** `@import "palette"` in a style sheet is the colours that palette.js computes. */
const palette = {
  name: "palette",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^palette$/ }, ({ path }) => ({ path, namespace: "palette" }));
    onLoad({ filter: /.*/, namespace: "palette" }, () => ({ contents: rules(), loader: "css" }));
  },
};

await build({
  absWorkingDir: here("src"), // where paths in the bundles begin
  entryPoints: names.flatMap((name) => [here(`src/${name}.js`), here(`src/${name}.css`)]),
  outdir: process.argv[2] ?? here("bundles"),
  plugins: [palette],
  bundle: true,
  format: "esm",
  charset: "utf8",
  target: ["chrome123", "firefox120", "safari17.5"],
});
