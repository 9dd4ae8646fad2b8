import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withClient } from '@gezhi/storage';
import { demoApp } from './testing/demo-town.ts';

test('a fault behind a page is told to whoever runs the service, and not to the reader', async (t) => {
  const { server, installation, faults } = await demoApp(t);
  await withClient(installation.db.admin, (client) => client.query('ALTER TABLE case_now RENAME TO gone'));
  const answer = await server.inject({ url: '/', headers: { accept: 'text/html' } });
  assert.equal(answer.statusCode, 500);
  assert.doesNotMatch(answer.body, /case_now/);
  assert.equal(faults.length, 1);
  assert.match(String(faults[0]), /case_now/);
});
