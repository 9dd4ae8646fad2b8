import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, isRefusal, MINUTE } from '@gezhi/basis';
import { changePassword, closeAccount, findAccount, makeAccount, setPassword } from './account.ts';
import { SESSION_COOKIE, sealToken } from './cookies.ts';
import { readSecurityLog } from './security-log.ts';
import { sessionFor } from './session-for.ts';
import { beginSecondFactor, confirmSecondFactor, showSecondFactor, signInByPassword } from './sign-in.ts';
import { choosePost, endSitting, listSittings, revokeSitting, sittingOf } from './sitting.ts';
import {
  browser,
  DISTRICT,
  must,
  PASSWORD,
  somebody,
  type TestGate,
  testGate,
  totp,
} from './testing/test-gate.ts';

const who = (name: string, password = PASSWORD) => ({ district: DISTRICT, name, password });

/** Signs somebody in for the first time: password, second factor made, session. */
async function enrolled({ gate }: TestGate, name: string) {
  const account = await somebody(gate, name);
  const chrome = browser();
  const first = must(await signInByPassword(gate, who(name), chrome));
  assert.equal(first.step, 'enrol');
  if (first.step !== 'enrol') throw new Error('unreached');
  chrome.keep(first.cookies);
  const factor = must(await beginSecondFactor(gate, first.sitting, PASSWORD, chrome));
  const step = must(await confirmSecondFactor(gate, first.sitting, totp(factor.secret), chrome));
  assert.equal(step.step, 'in');
  chrome.keep(step.cookies);
  return { account, chrome, factor };
}

test('the first sign-in opens nothing but the way to a second factor; with it the session begins under a new id', async (t) => {
  const at = await testGate(t);
  const { gate } = at;
  await somebody(gate, '10001');
  const chrome = browser();
  const first = must(await signInByPassword(gate, who('10001'), chrome));
  chrome.keep(first.cookies);
  const weak = await sittingOf(gate, chrome.cookie);
  assert.equal(weak?.strong, false);
  if (first.step !== 'enrol') throw new Error(first.step);
  const factor = must(await beginSecondFactor(gate, first.sitting, PASSWORD, chrome));
  assert.match(factor.uri, /^otpauth:\/\/totp\/Gezhi%3A10001\?secret=[A-Z2-7]+/);
  assert.equal(factor.backupCodes.length, 10);
  const wrong = await confirmSecondFactor(gate, first.sitting, '000000', chrome);
  assert.ok(isRefusal(wrong) && wrong.code === 'wrong-code');
  const old = chrome.cookie;
  const step = must(await confirmSecondFactor(gate, first.sitting, totp(factor.secret), chrome));
  chrome.keep(step.cookies);
  const strong = await sittingOf(gate, chrome.cookie);
  assert.equal(strong?.strong, true);
  assert.notEqual(strong?.id, weak?.id);
  assert.equal(await sittingOf(gate, old), undefined);
});

test('later the password alone opens nothing: the code comes second, and is good once', async (t) => {
  const at = await testGate(t);
  const { gate } = at;
  const { factor } = await enrolled(at, '10001');
  const phone = browser('192.0.2.8');
  const step = must(await signInByPassword(gate, who('10001'), phone));
  assert.equal(step.step, 'second');
  phone.keep(step.cookies);
  assert.equal(await sittingOf(gate, phone.cookie), undefined);
  const used = await showSecondFactor(gate, DISTRICT, totp(factor.secret), phone);
  assert.ok(isRefusal(used), 'the code that confirmed the factor is not taken again');
  const again = browser('192.0.2.9');
  again.keep(must(await signInByPassword(gate, who('10001'), again)).cookies);
  const inside = must(await showSecondFactor(gate, DISTRICT, totp(factor.secret, Date.now(), 1), again));
  assert.equal(inside.step, 'in');
  const other = browser('192.0.2.10');
  other.keep(must(await signInByPassword(gate, who('10001'), other)).cookies);
  const [backup] = factor.backupCodes;
  assert.equal(must(await showSecondFactor(gate, DISTRICT, backup!, other)).step, 'in');
  const twice = browser('192.0.2.11');
  twice.keep(must(await signInByPassword(gate, who('10001'), twice)).cookies);
  assert.ok(isRefusal(await showSecondFactor(gate, DISTRICT, backup!, twice)));
});

test('an account that is not there is answered as one with a wrong password, and locks as one', async (t) => {
  const { gate, clock } = await testGate(t);
  const account = await somebody(gate, '10001');
  const closed = await somebody(gate, '10002');
  await closeAccount(gate, closed, undefined);
  const codes = async (name: string, tries: number): Promise<readonly string[]> => {
    const found: string[] = [];
    for (let i = 0; i < tries; i++) {
      const answer = await signInByPassword(gate, who(name, 'wrong horse battery'), browser());
      found.push(isRefusal(answer) ? answer.code : answer.step);
    }
    return found;
  };
  const expected = [...Array(5).fill('wrong-sign-in'), 'too-many-tries'];
  assert.deepEqual(await codes('10001', 6), expected);
  assert.deepEqual(await codes('10002', 6), expected);
  assert.deepEqual(await codes('nobody', 6), expected);
  assert.ok(isRefusal(await signInByPassword(gate, who('10001'), browser())), 'the right password waits too');
  assert.equal(must(await signInByPassword(gate, who('10001'), browser('198.51.100.1'))).step, 'enrol');
  clock.now += 16 * MINUTE;
  assert.equal(must(await signInByPassword(gate, who('10001'), browser())).step, 'enrol');
  const log = await readSecurityLog(gate, DISTRICT);
  assert.ok(log.some(({ event, account: name }) => event === 'signInFailed' && name === account.name));
  assert.ok(log.some(({ event }) => event === 'tooManyTries'));
});

test('a session ends when idle, after its time, when revoked, and at sign-out', async (t) => {
  const at = await testGate(t);
  const { gate, clock } = at;
  const { account, chrome } = await enrolled(at, '10001');
  const begun = clock.now;
  const seen = async (moment: number): Promise<unknown> =>
    await gate.pool.query('UPDATE account_session SET seen_at = to_timestamp($1)', [moment / 1000]);
  clock.now = begun + 29 * MINUTE;
  assert.ok(await sittingOf(gate, chrome.cookie));
  clock.now = begun + 60 * MINUTE;
  assert.equal(await sittingOf(gate, chrome.cookie), undefined, 'idle');
  clock.now = begun + 11.9 * HOUR;
  await seen(clock.now);
  assert.ok(await sittingOf(gate, chrome.cookie), 'busy all day');
  await seen(begun + 12 * HOUR);
  clock.now = begun + 12 * HOUR;
  assert.equal(await sittingOf(gate, chrome.cookie), undefined, 'its time is over');
  clock.now = begun + MINUTE;
  await seen(clock.now);
  const [sitting] = await listSittings(gate, account);
  assert.equal(sitting?.browser, 'Test/1.0');
  await choosePost(gate, sitting!, 'seat-1');
  assert.equal((await sittingOf(gate, chrome.cookie))?.post, 'seat-1');
  assert.equal(await revokeSitting(gate, account, sitting!.id, undefined), true);
  assert.equal(await sittingOf(gate, chrome.cookie), undefined, 'revoked');
  assert.equal(await revokeSitting(gate, account, sitting!.id, undefined), false);
});

test('who signs out is out, and a cookie that was changed or made up opens nothing', async (t) => {
  const at = await testGate(t);
  const { gate } = at;
  const { chrome } = await enrolled(at, '10001');
  const sitting = await sittingOf(gate, chrome.cookie);
  const { rows } = await gate.pool.query<{ token: string }>('SELECT token FROM account_session');
  assert.equal(await sittingOf(gate, `${SESSION_COOKIE}=${rows[0]!.token}`), undefined);
  assert.equal(await sittingOf(gate, `${SESSION_COOKIE}=${rows[0]!.token}.AAAA`), undefined);
  // Nor for whoever has the table and the key by which cookies are sealed.
  for (const { token } of rows)
    assert.equal(await sittingOf(gate, `${SESSION_COOKIE}=${sealToken(gate.cookieKey, token)}`), undefined);
  for (const broken of ['%', '%FF%FE', '%zz.%00', '.', ''])
    assert.equal(await sittingOf(gate, `${SESSION_COOKIE}=${broken}`), undefined, broken);
  await endSitting(gate, sitting!);
  assert.equal(await sittingOf(gate, chrome.cookie), undefined);
});

test('under TLS, and only there, a session goes by a cookie that no script reads and nothing in clear carries', async (t) => {
  for (const [baseUrl, isSecure] of [
    ['https://town.example', true],
    ['http://localhost:8080', false],
  ] as const) {
    const { gate } = await testGate(t, { baseUrl });
    const account = await somebody(gate, '10001');
    const { cookies } = must(await signInByPassword(gate, who('10001'), browser()));
    for (const cookie of [...cookies, ...(await sessionFor(gate, account))]) {
      assert.match(cookie, /; HttpOnly\b/i);
      assert.match(cookie, /; SameSite=Lax\b/i);
      assert.equal(/; Secure\b/i.test(cookie), isSecure, cookie.replace(/=[^;]*/, ''));
    }
  }
});

test('nothing of what was typed, and no machine, lies in the tables', async (t) => {
  const at = await testGate(t);
  const { gate } = at;
  const { factor } = await enrolled(at, '10001');
  await signInByPassword(gate, who('10001', 'wrong horse battery'), browser('203.0.113.77'));
  for (const table of [
    'account',
    'account_way',
    'account_session',
    'account_factor',
    'account_challenge',
    'account_try',
    'security_event',
  ]) {
    const { rows } = await gate.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${table} AS t`);
    const text = JSON.stringify(rows);
    for (const secret of [
      PASSWORD,
      'wrong horse battery',
      factor.secret,
      factor.backupCodes[0]!,
      '203.0.113.77',
      '192.0.2.7',
    ])
      assert.ok(!text.includes(secret), `${table} holds ${secret}`);
  }
});

test('the security log takes no change and no deletion from the service', async (t) => {
  const { gate } = await testGate(t);
  await somebody(gate, '10001');
  for (const sql of [
    'DELETE FROM security_event',
    `UPDATE security_event SET event = 'x'`,
    'TRUNCATE security_event',
  ])
    await assert.rejects(gate.pool.query(sql), /permission denied/);
  assert.ok((await readSecurityLog(gate, DISTRICT)).length > 0);
});

test('who types the old password sets a new one, and is signed out everywhere', async (t) => {
  const at = await testGate(t);
  const { gate } = at;
  const { account, chrome } = await enrolled(at, '10001');
  const next = 'another long password';
  const wrong = await changePassword(gate, account, { before: 'wrong horse battery', next });
  assert.ok(isRefusal(wrong) && wrong.code === 'wrong-sign-in');
  assert.ok(isRefusal(await changePassword(gate, account, { before: PASSWORD, next: 'short' })));
  assert.equal(await changePassword(gate, account, { before: PASSWORD, next }), undefined);
  assert.equal(await sittingOf(gate, chrome.cookie), undefined);
  assert.ok(isRefusal(await signInByPassword(gate, who('10001'), browser())));
  assert.equal(must(await signInByPassword(gate, who('10001', next), browser())).step, 'second');
});

test('weak passwords and second accounts are refused', async (t) => {
  const { gate } = await testGate(t);
  const account = await somebody(gate, '10001');
  for (const weak of ['short', 'aaaaaaaaaaaaaaaa', 'abababababababab', 'my number 10001!', 'x'.repeat(200)]) {
    const refused = await setPassword(gate, account, weak);
    assert.ok(isRefusal(refused) && refused.code === 'weak-password', weak);
  }
  const twice = await makeAccount(gate, { district: DISTRICT, name: ' 10001', role: 'staff' });
  assert.ok(isRefusal(twice) && twice.code === 'account-there');
  assert.equal((await findAccount(gate, DISTRICT, '１０００１'))?.id, account.id);
});
