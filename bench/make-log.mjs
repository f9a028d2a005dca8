// Repeats a queue_log COPIES times, each copy 14 days later and with call ids of its own, so that a file of any size keeps the mix of a real one.
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { once } from "node:events";

const [source, target, copies = "400"] = process.argv.slice(2);
if (!target) {
  console.error("usage: node make-log.mjs QUEUE_LOG TARGET [COPIES]");
  process.exit(2);
}
const lines = [];
for await (const line of createInterface({ input: createReadStream(source) })) lines.push(line);
const out = createWriteStream(target);
const shift = 14 * 86400;
for (let copy = 0; copy < Number(copies); copy++) {
  let block = "";
  for (const line of lines) {
    const fields = line.split("|");
    fields[0] = String(Number(fields[0]) + copy * shift);
    if (fields[1] !== "NONE") {
      const [epoch, rest] = fields[1].split(".");
      fields[1] = `${Number(epoch) + copy * shift}.${rest}`;
    }
    block += fields.join("|") + "\n";
  }
  if (!out.write(block)) await once(out, "drain");
}
out.end();
await once(out, "finish");
