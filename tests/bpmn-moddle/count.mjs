// Counts the BPMN elements that bpmn-moddle finds in each *.bpmn and *.xml file below a folder, by type; prints one JSON object.
// Only contained elements count, not references (incoming, flowNodeRef …).
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';

const moddle = new BpmnModdle();

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.(bpmn|xml)$/.test(entry.name)) yield path;
  }
}

function read(path) {
  const bytes = readFileSync(path);
  const encoding = /encoding=["']([\w.-]+)/.exec(bytes.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

function walk(element, counts) {
  const descriptor = element.$descriptor;
  if (!descriptor || descriptor.isGeneric) return;
  const [prefix, type] = element.$type.split(':');
  if (prefix === 'bpmn') {
    const name = type[0].toLowerCase() + type.slice(1);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  for (const property of descriptor.properties) {
    if (property.isReference || property.isVirtual || property.isAttr) continue;
    const value = element.get(property.name);
    for (const child of Array.isArray(value) ? value : [value])
      if (child && typeof child === 'object' && child.$type) walk(child, counts);
  }
}

const result = {};
const folder = process.argv[2];
for (const file of files(folder)) {
  const counts = {};
  const { rootElement, warnings } = await moddle.fromXML(read(file));
  walk(rootElement, counts);
  result[relative(folder, file).replaceAll('\\', '/')] = { counts, warnings: warnings.length };
}
console.log(JSON.stringify(result));
