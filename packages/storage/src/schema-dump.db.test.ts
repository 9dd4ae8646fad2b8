import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dumpSchema, SCHEMA_FILE } from './schema-dump.ts';
import { onBothVersions, testDatabase } from './testing.ts';

onBothVersions('schema.sql is the schema that the migrations make', async (t, version) => {
  const db = await testDatabase(t, { version });
  const written = existsSync(SCHEMA_FILE) ? readFileSync(SCHEMA_FILE, 'utf8').replaceAll('\r\n', '\n') : '';
  const remedy = 'run: node bin/node.js packages/storage/src/schema-dump.ts --write';
  assert.equal(await dumpSchema(db), written, remedy);
});
