// Plays a.bpmn and b.bpmn on bpmn-engine, one instance after the other in one thread; the XML is read once.
//   node run.mjs FOLDER SECONDS     prints: name, instances a second of processor time
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import BpmnModdle from 'bpmn-moddle';
import * as elements from 'bpmn-elements';
import { default as Serializer, TypeResolver } from 'moddle-context-serializer';

const [folder, seconds] = [process.argv[2], Number(process.argv[3])];
for (const name of ['a', 'b']) {
  // Its expressions read properties and call functions but do not compare, so the comparison is the variable's.
  const source = readFileSync(join(folder, `${name}.bpmn`), 'utf8').replace('${amount > 100}', '${environment.variables.isMuch}');
  const sourceContext = Serializer(await new BpmnModdle().fromXML(source), TypeResolver(elements));
  let best = 0;
  for (let round = 0; round < 3; round++) {
    const from = performance.now(), cpu = process.cpuUsage();
    let count = 0;
    while (performance.now() - from < seconds * 1000) await play(sourceContext, count++);
    const used = process.cpuUsage(cpu);
    best = Math.max(best, (count * 1e6) / (used.user + used.system));
  }
  console.log(`bpmn-engine ${name} in memory\t${best.toFixed(0)}`);
}

async function play(sourceContext, i) {
  const engine = new Engine({ sourceContext, variables: { isMuch: i % 2 === 1 } });
  const listener = new EventEmitter();
  listener.on('activity.wait', activity => setImmediate(() => activity.signal()));
  const done = engine.waitFor('end');
  await engine.execute({ listener });
  await done;
}
