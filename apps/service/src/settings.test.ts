import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readEnvironment, SETTINGS, settingsOf } from './settings.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('without any setting the service is reached from this machine only, on 8080, with its own database', () => {
  assert.deepEqual(settingsOf({}), {
    port: 8080,
    host: 'localhost',
    database: { dataDir: '.gezhi' },
    spoolDir: join('.gezhi', 'spool'),
    trustProxy: false,
    logLevel: 'info',
    upstream: { system: 'city12345' },
  });
});

test('an empty setting is as good as none', () => {
  assert.deepEqual(readEnvironment({ PORT: '', HOST: '::1', SOMETHING: 'else' }), { HOST: '::1' });
});

test('the command line goes before the environment, and --data before DATABASE_URL', () => {
  const environment = { PORT: '1', DATABASE_URL: 'postgres://u@db/gezhi', GEZHI_DATA: '/a' };
  assert.deepEqual(settingsOf(environment).database, {
    url: 'postgres://u@db/gezhi',
    keysDir: join('/a', 'keys'),
    ledgerDir: join('/a', 'ledger'),
  });
  assert.equal(settingsOf(environment).spoolDir, join('/a', 'spool'));
  const told = settingsOf(environment, { port: '2', data: '/b' });
  assert.deepEqual([told.port, told.database], [2, { dataDir: '/b' }]);
});

const WRONG = [
  [{ PORT: 'eighty' }, /PORT is "eighty"\. It must be a whole number/],
  [{ PORT: '65536' }, /PORT/],
  [{ LOG_LEVEL: 'loud' }, /one of debug, info, warn, error, silent/],
  [{ PUBLIC_URL: 'town.example' }, /https:\/\/town\.example/],
  [{ GEZHI_PRACTICE_URL: 'town.example' }, /GEZHI_PRACTICE_URL/],
  [{ TRUST_PROXY: '1' }, /yes or no/],
  [{ NOTICES_URL: 'gateway' }, /https:\/\/gateway\.example/],
  [{ NOTICES_URL: 'https://gateway.example' }, /no secret signs/],
  [{ NOTICES_PRIVATE: 'maybe' }, /yes or no/],
] as const;

for (const [environment, message] of WRONG) {
  test(`${JSON.stringify(environment)} is refused with what it may be`, () => {
    assert.throws(() => settingsOf(environment), { code: 'bad-setting', message });
  });
}

test('a database address that is none is refused without repeating it, for it may hold a password', () => {
  assert.throws(
    () => settingsOf({ DATABASE_URL: 'mysql://u:hunter2@db/x' }),
    (error: Error) => /DATABASE_URL/.test(error.message) && !error.message.includes('hunter2'),
  );
});

test('every setting stands in both READMEs with its default', () => {
  for (const file of ['README.md', 'README.zh.md']) {
    const readme = readFileSync(join(ROOT, file), 'utf8');
    for (const [name, value] of Object.entries(SETTINGS)) {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      assert.ok(row, `${file} does not explain ${name}`);
      if (value) assert.ok(row.includes(`\`${value}\``), `${file}: the default of ${name} is ${value}`);
    }
  }
});

test('nothing else is read from the environment', () => {
  // PATH is the system's own, handed on to the programs of PostgreSQL.
  const known = new Set<string>([...Object.keys(SETTINGS), 'PATH']);
  const unknown: string[] = [];
  for (const room of ['apps', 'packages']) {
    for (const file of readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || /(^|\/)(node_modules|testing)\/|\.test\.ts$|testing[^/]*\.ts$/.test(file))
        continue;
      const source = readFileSync(join(ROOT, room, file), 'utf8');
      for (const [, name] of source.matchAll(/process\.env\.([A-Z_]+)/g)) {
        if (!known.has(name!)) unknown.push(`${room}/${file}: ${name}`);
      }
    }
  }
  assert.deepEqual(unknown, []);
});

test('rates are given by channel, and a wrong one is told with what it may be', () => {
  assert.deepEqual(settingsOf({ RATE_LIMITS: 'code=20/200, web=500/2000' }).rates, {
    code: { perSecond: 20, burst: 200 },
    web: { perSecond: 500, burst: 2000 },
  });
  for (const wrong of ['code', 'person=1/1', 'web=0/1', 'web=1', 'web=1/1,,'])
    assert.throws(() => settingsOf({ RATE_LIMITS: wrong }), { code: 'bad-setting' }, wrong);
});
