import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTown, writeTown } from '@gezhi/demo';
import { buildApp } from '@gezhi/server';
import { testDatabase } from '@gezhi/storage/testing';
import { importTown, installationOn, readTownFolder } from '@gezhi/town';

test('pages and API stand side by side: each answers its own, and unknown addresses in the way of who asks', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-e2e-pages-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(folder, makeTown(3));
  const installation = await installationOn(await testDatabase(t));
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  await importTown(installation.db, await readTownFolder(folder), kinds, { now: Date.now() - 1000 });
  await installation.reload();
  const server = await buildApp({ installation });
  t.after(() => server.close());

  const html = { accept: 'text/html,application/xhtml+xml' };
  const home = await server.inject({ url: '/', headers: html });
  assert.equal(home.statusCode, 200);
  assert.match(String(home.headers['content-security-policy']), /script-src 'none'/);
  for (const path of ['/api/openapi.json', '/open311/v2/discovery.json', '/assets/pages.css']) {
    assert.equal((await server.inject({ url: path })).statusCode, 200, path);
  }
  const lost = await server.inject({ url: '/nowhere', headers: html });
  assert.equal(lost.statusCode, 404);
  assert.match(lost.body, /^<!doctype html>/);
  const program = await server.inject({ url: '/nowhere', headers: { accept: 'application/json' } });
  assert.equal(program.statusCode, 404);
  assert.match(String(program.headers['content-type']), /json/);

  const form = /name="id" value="([^"]*)"/.exec(
    (await server.inject({ url: '/report', headers: html })).body,
  );
  const sent = await server.inject({
    method: 'POST',
    url: '/report',
    headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams({ id: form?.[1] ?? '', words: '门口的路灯不亮了', way: 'none' })),
  });
  assert.equal(sent.statusCode, 303);
  assert.equal(sent.headers.location, '/report/done');
  const huge = await server.inject({
    method: 'POST',
    url: '/report',
    headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
    payload: `words=${'x'.repeat(200_000)}`,
  });
  assert.equal(huge.statusCode, 413);
  assert.match(huge.body, /^<!doctype html>/);
});
