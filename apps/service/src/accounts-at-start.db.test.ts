import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeGateway } from '@gezhi/connectors';
import { makeTown, writeTown } from '@gezhi/demo';
import { buildApp, tokenOf } from '@gezhi/server';
import { testDatabase } from '@gezhi/storage/testing';
import { type Installation, importTown, installationOn, readTownFolder } from '@gezhi/town';
import { codeSender, printSetUpLinks } from './accounts-at-start.ts';
import { makeLog } from './log.ts';

const NOW = Date.parse('2026-05-06T10:00:00+08:00');
const baseUrl = 'http://localhost:8080';

/** The demo's town, or one like it that does not say that it is made up. */
async function installed(t: TestContext, madeUp: boolean): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-accounts-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(folder, makeTown(1));
  const yaml = join(folder, 'town.yaml');
  if (!madeUp) await writeFile(yaml, (await readFile(yaml, 'utf8')).replace('codes: cn', 'codes: free'));
  const db = await testDatabase(t);
  const installation = await installationOn(db);
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  const { imported, problems } = await importTown(db, await readTownFolder(folder), kinds, {
    now: NOW - 90 * 86_400_000,
  });
  assert.ok(imported, JSON.stringify(problems.slice(0, 3)));
  await installation.reload();
  return installation;
}

const now = (): number => NOW;

test('a real town without accounts prints a link to its first set-up; a made-up one none', async (t) => {
  const lines: string[] = [];
  const log = makeLog('info', (line) => lines.push(line), now);
  await printSetUpLinks(await installed(t, true), { baseUrl, now, log });
  assert.equal(lines.length, 0);
  const installation = await installed(t, false);
  await printSetUpLinks(installation, { baseUrl, now, log });
  const [link] = /\/setup\?\S+/.exec(lines[0] ?? '') ?? [];
  assert.ok(link, lines.join('\n'));
  const server = await buildApp({ installation, now, baseUrl, postTokens: false });
  t.after(() => server.close());
  assert.equal((await server.inject(link)).statusCode, 200);
  const payload = new URLSearchParams({
    key: new URL(link, baseUrl).searchParams.get('key')!,
    systemAdmin: '1',
    securityAdmin: '2',
    auditAdmin: '3',
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const done = await server.inject({ method: 'POST', url: '/setup', headers, payload: String(payload) });
  assert.equal(done.statusCode, 200);
  const { length } = lines;
  await printSetUpLinks(installation, { baseUrl, now, log });
  assert.equal(lines.length, length, 'once there are accounts there is no link');
  const [town] = installation.towns.values();
  const token = tokenOf(installation.secret, { post: [...town!.posts.keys()][0]! });
  const asked = await server.inject({ url: '/api/cases', headers: { authorization: `Bearer ${token}` } });
  assert.equal(asked.statusCode, 401, 'a token of a post opens no real town');
  const entered = await server.inject({ method: 'POST', url: '/staff', headers, payload: `token=${token}` });
  assert.equal(entered.statusCode, 403);
  for (const path of ['/my/demo', '/staff'])
    assert.ok(
      (await server.inject({ method: 'POST', url: path, headers, payload: 'admin=securityAdmin' }))
        .statusCode >= 400,
      path,
    );
});

test('a code goes out by the gateway, signed; the demo prints it; nothing of it is logged in a real town', async (t) => {
  const heard: { body: string; signature: unknown }[] = [];
  const gateway = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += String(part);
    });
    request.on('end', () => {
      heard.push({ body, signature: request.headers['webhook-signature'] });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  t.after(() => gateway.close());
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`;
  const way = makeGateway(url, Buffer.alloc(32, 1), { allowPrivate: true });
  const lines: string[] = [];
  const log = makeLog('debug', (line) => lines.push(line), now);
  const real = await installed(t, false);
  const [district] = [...real.towns.keys()];
  const message = {
    district: district!,
    way: 'sms',
    address: '000-0000-0042',
    language: 'zh',
    text: '验证码 123456',
  } as const;
  await codeSender(real, way, { log, now })(message);
  assert.equal(heard.length, 1);
  assert.match(String(heard[0]!.signature), /^v1,/);
  const { to, text, urgent } = JSON.parse(heard[0]!.body) as Record<string, unknown>;
  assert.deepEqual([to, text, urgent], [{ kind: 'contact', address: message.address }, message.text, true]);
  await codeSender(real, undefined, { log, now })(message);
  assert.doesNotMatch(lines.join('\n'), /123456|0042/);
  const madeUp = await installed(t, true);
  const [own] = [...madeUp.towns.keys()];
  await codeSender(madeUp, undefined, { log, now })({ ...message, district: own! });
  assert.match(lines.join('\n'), /123456/);
  assert.doesNotMatch(lines.join('\n'), /0042/);
});
