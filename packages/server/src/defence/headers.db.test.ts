import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoApp } from '../testing/demo-town.ts';
import { routesOf } from './mounted-routes.ts';

/** A policy as a browser reads it: what is allowed, by directive. */
function directives(policy: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    policy.split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(/\s+/);
      return [name, values] as const;
    }),
  );
}

test('every answer of every route, page or not, found or not, forbids what is not ours', async (t) => {
  const { server, staff } = await demoApp(t);
  await server.ready();
  const urls = routesOf(server)
    .filter(({ method, url }) => method === 'GET' && url !== '/api/stream')
    .map(({ url }) => url.replace(/:\w+/g, '019dfacc-8280-7da1-935e-da73f54129ec').replace('*', 'nothing'));
  const wrong = [
    '/api/requests/%ff',
    `/api/town?${'a'.repeat(9000)}`,
    '/nowhere',
    '/api/nowhere',
    '/open311/v2/nowhere',
  ];
  for (const url of [...new Set([...urls, ...wrong])]) {
    for (const accept of ['text/html', 'application/json']) {
      const { headers, statusCode } = await server.inject({ url, headers: { ...staff('seat'), accept } });
      const about = `${url} (${statusCode}, ${accept})`;
      const policy = directives(String(headers['content-security-policy']));
      assert.deepEqual(policy.get('default-src'), ["'self'"], about);
      assert.deepEqual(policy.get('object-src'), ["'none'"], about);
      assert.deepEqual(policy.get('base-uri'), ["'none'"], about);
      assert.deepEqual(policy.get('frame-ancestors'), ["'none'"], about);
      assert.ok(policy.get('form-action')?.join() === "'self'", about);
      for (const name of ['script-src', 'style-src', 'default-src']) {
        const allowed = policy.get(name) ?? [];
        for (const loose of ["'unsafe-inline'", "'unsafe-eval'", '*', 'data:', 'http:', 'https:'])
          assert.ok(!allowed.includes(loose), `${about}: ${name} ${loose}`);
      }
      assert.deepEqual(policy.get('require-trusted-types-for'), ["'script'"], about);
      assert.equal(headers['x-content-type-options'], 'nosniff', about);
      assert.equal(headers['x-frame-options'], 'DENY', about);
      assert.equal(headers['referrer-policy'], 'same-origin', about);
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin', about);
      assert.match(String(headers['permissions-policy']), /microphone=\(\)/, about);
      assert.equal(headers.server, undefined, about);
      assert.equal(headers['x-powered-by'], undefined, about);
    }
  }
});

test('a web app is held too: its page, its files, and addresses below it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-web-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><script src="/portal/assets/a.js"></script>');
  await writeFile(join(folder, 'assets', 'a.js'), '1');
  const { server } = await demoApp(t, { webApps: { portal: folder } });
  for (const url of ['/portal', '/portal/report/new', '/portal/assets/a.js', '/portal/assets/../../x']) {
    const { headers } = await server.inject({ url, headers: { accept: 'text/html' } });
    const policy = directives(String(headers['content-security-policy']));
    for (const name of ['script-src', 'style-src', 'default-src'])
      assert.ok(!policy.get(name)?.some((one) => /unsafe|\*|:/.test(one)), `${url} ${name}`);
    assert.deepEqual(policy.get('frame-ancestors'), ["'none'"], url);
    assert.deepEqual(policy.get('require-trusted-types-for'), ["'script'"], url);
    assert.deepEqual(policy.get('trusted-types'), [url.includes('..') ? "'none'" : 'default'], url);
    assert.equal(headers['x-content-type-options'], 'nosniff', url);
  }
});

test('answers to staff and to holders of a code are kept by nobody on the way', async (t) => {
  const { server, staff } = await demoApp(t);
  const headers = {
    ...staff('seat'),
    cookie: `gezhi_staff=${staff('seat').authorization.slice(7)}`,
    accept: 'text/html',
  };
  for (const url of ['/queue', '/my', '/staff', '/desk', '/notices']) {
    const answer = await server.inject({ url, headers });
    assert.equal(answer.headers['cache-control'], 'no-store', url);
  }
});

test('no other site reads an answer: nothing but the ledger is open across origins', async (t) => {
  const { server, staff } = await demoApp(t);
  await server.ready();
  for (const { method, url } of routesOf(server)) {
    if (method !== 'GET' || url === '/api/stream' || url.startsWith('/ledger')) continue;
    const path = url.replace(/:\w+/g, 'x').replace('*', 'requests.json');
    const answer = await server.inject({
      url: path,
      headers: { ...staff('seat'), origin: 'https://evil.example' },
    });
    const allowed = answer.headers['access-control-allow-origin'];
    if (url.startsWith('/open311'))
      assert.equal(answer.headers['access-control-allow-credentials'], undefined);
    else assert.equal(allowed, undefined, url);
  }
});
