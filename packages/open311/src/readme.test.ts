import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

test('the example of the README is example.ts, and runs', async (t) => {
  const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  assert.ok(read('README.md').includes(read('example.ts')), 'README.md and example.ts differ');
  const log = t.mock.method(console, 'log', () => undefined);
  await import('../example.ts');
  const said = log.mock.calls.map(({ arguments: args }) => args.join(' '));
  assert.match(said[0] ?? '', /^200 .*<service_request_id>r1<\/service_request_id>/s);
  assert.match(said[1] ?? '', /"service_request_id":"r1","status":"open"/);
});
