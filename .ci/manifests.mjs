// Holds manifests of Kubernetes against its types: node manifests.mjs FILE... writes manifests.ts, which tsc then checks.
// A literal may have no field that its type has not, so a misspelt field is an error as much as a wrong type.
import { readFileSync, writeFileSync } from 'node:fs';
import * as yaml from 'js-yaml';

let text = '';
let number = 0;
for (const file of process.argv.slice(2)) {
  for (const manifest of yaml.loadAll(readFileSync(file, 'utf8'))) {
    const name = `${manifest.apiVersion} ${manifest.kind} ${manifest.metadata?.name}`;
    text += `import type { I${manifest.kind} as I${++number} } from 'kubernetes-models/${manifest.apiVersion}'; // ${name}\n`;
    text += `export const manifest${number}: I${number} = ${JSON.stringify(manifest, null, 1)};\n`;
  }
}
writeFileSync('manifests.ts', text);
console.log(`${number} manifests`);
