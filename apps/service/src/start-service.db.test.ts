import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeLog } from './log.ts';
import { type ServiceOptions, startService } from './start-service.ts';

const log = makeLog('silent', () => undefined);

function optionsIn(t: TestContext): ServiceOptions & { readonly dataDir: string } {
  const dataDir = mkdtempSync(join(tmpdir(), 'gezhi-service-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  return {
    database: { dataDir },
    dataDir,
    spoolDir: join(dataDir, 'spool'),
    host: '127.0.0.1',
    port: 0,
    log,
  };
}

test('a service opens, refuses a second one on its data, and stops without leaving anything running', async (t) => {
  const options = optionsIn(t);
  const service = await startService(options);
  await service.ready;
  assert.equal((await fetch(`${service.url}/readyz`)).status, 200);

  const second = await startService(options);
  await assert.rejects(second.ready, { code: 'owner-lives' });
  await assert.rejects(fetch(second.url), 'the port of a service that could not open is given back');

  await Promise.all([service.stop(), service.stop()]);
  await assert.rejects(fetch(service.url));
  assert.equal(existsSync(join(options.dataDir, 'postgres', 'postmaster.pid')), false);
});

test('a service that is stopped while it opens stops in order', async (t) => {
  const options = optionsIn(t);
  const service = await startService({ ...options, demo: { days: 1 } });
  await service.stop();
  await service.ready;
  assert.equal(existsSync(join(options.dataDir, 'postgres', 'postmaster.pid')), false);
});
