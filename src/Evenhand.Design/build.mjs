// Bundles the islands, the style sheet and the icons. Names are fixed; the host's static assets add the fingerprint.
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

await rm("wwwroot", { recursive: true, force: true });
await mkdir("wwwroot", { recursive: true });
await mkdir("obj", { recursive: true });

// Turbo puts a style element into the head as soon as it is loaded, which a strict policy refuses and says so in the console. Our progress bar needs none.
const withoutInlineStyle = {
  name: "without-inline-style",
  setup: ({ onLoad }) => onLoad({ filter: /turbo\.es2017-esm\.js$/ }, async ({ path }) => {
    const source = await readFile(path, "utf8");
    const call = "    this.installStylesheetElement();\n";
    if (!source.includes(call)) throw new Error(`${path} no longer installs its style sheet where expected`);
    return { contents: source.replace(call, ""), loader: "js" };
  }),
};

// Each is a file of its own, fetched when the first of its kind is on a page. The project file names them too.
const islands = ["evenhand", "chart", "live", "ticker", "beat", "beat-worker", "ring", "keys", "board", "draft"];
const shared = { bundle: true, minify: true, target: "es2022", outdir: "wwwroot", logLevel: "warning", legalComments: "none" };
await Promise.all([
  build({ ...shared, entryPoints: islands.map((name) => `Islands/${name}.ts`), format: "esm", plugins: [withoutInlineStyle] }),
  build({ ...shared, entryPoints: ["Styles/evenhand.css"] }),
  cp("Assets", "wwwroot", { recursive: true }),
  shrinkIcons(),
]);

// One file for all icons, old names included; the build embeds it in the assembly.
async function shrinkIcons() {
  const folder = "node_modules/lucide-static/icons";
  const files = (await readdir(folder)).filter((name) => name.endsWith(".svg"));
  const inner = (svg) => svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
  const markup = await Promise.all(files.map(async (name) => [name.slice(0, -4), inner(await readFile(`${folder}/${name}`, "utf8"))]));
  await writeFile("obj/icons.json", JSON.stringify(Object.fromEntries(markup)));
}
