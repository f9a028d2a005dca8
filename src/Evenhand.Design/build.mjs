// Bundles the islands, the style sheet and the icons. Names are fixed; the host's static assets add the fingerprint.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";

await rm("wwwroot", { recursive: true, force: true });
await mkdir("wwwroot", { recursive: true });
await mkdir("obj", { recursive: true });

const shared = { bundle: true, minify: true, target: "es2022", outdir: "wwwroot", logLevel: "warning", legalComments: "none" };
await Promise.all([
  build({ ...shared, entryPoints: ["Islands/evenhand.ts", "Islands/chart.ts", "Islands/live.ts"], format: "esm" }),
  build({ ...shared, entryPoints: ["Styles/evenhand.css"] }),
  cp("Assets", "wwwroot", { recursive: true }),
  shrinkIcons(),
]);

async function shrinkIcons() {
  const icons = JSON.parse(await readFile("node_modules/lucide-static/icon-nodes.json", "utf8"));
  const attributes = (node) => Object.entries(node).map(([name, value]) => ` ${name}="${value}"`).join("");
  const markup = Object.fromEntries(
    Object.entries(icons).map(([name, nodes]) => [name, nodes.map(([tag, node]) => `<${tag}${attributes(node)}/>`).join("")]));
  await writeFile("obj/icons.json", JSON.stringify(markup));
}
