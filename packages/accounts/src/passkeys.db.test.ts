import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, MINUTE } from '@gezhi/basis';
import { closeAccount } from './account.ts';
import {
  addPasskey,
  askForPasskey,
  askToShowPasskey,
  enterByPasskey,
  listPasskeys,
  takePasskeyAway,
} from './passkeys.ts';
import { sittingOf } from './sitting.ts';
import { authenticator } from './testing/authenticator.ts';
import { browser, DISTRICT, must, somebody, testGate } from './testing/test-gate.ts';

const ORIGIN = 'http://localhost:8080';
type Made = Parameters<typeof addPasskey>[2];

test('a passkey is made once and opens a session with both factors', async (t) => {
  const { gate, clock } = await testGate(t);
  const account = await somebody(gate, '10001');
  const key = authenticator(ORIGIN);
  const { challenge, authenticatorSelection } = await askForPasskey(gate, account);
  assert.equal(authenticatorSelection?.userVerification, 'required');
  const made = { label: 'desk', response: key.create(challenge) } as Made;
  assert.equal(await addPasskey(gate, account, made), undefined);
  assert.ok(isRefusal(await addPasskey(gate, account, made)), 'a challenge is good once');
  const chrome = browser();
  const ask = async (): Promise<string> => must(await askToShowPasskey(gate, DISTRICT, chrome)).challenge;
  const step = must(await enterByPasskey(gate, DISTRICT, key.get(await ask()), chrome));
  chrome.keep(step.cookies);
  const sitting = await sittingOf(gate, chrome.cookie);
  assert.deepEqual([sitting?.strong, sitting?.account.id], [true, account.id]);

  const shown = key.get(await ask());
  must(await enterByPasskey(gate, DISTRICT, shown, chrome));
  const refusals = [
    shown,
    key.get('made-up'),
    key.get(await ask(), { from: 'https://evil.example' }),
    key.get(await ask(), { flags: 0x01 }),
    authenticator(ORIGIN).get(await ask()),
  ];
  for (const [i, answer] of refusals.entries())
    assert.ok(isRefusal(await enterByPasskey(gate, DISTRICT, answer, chrome)), `refusal ${i}`);
  const late = await ask();
  clock.now += 6 * MINUTE;
  assert.ok(isRefusal(await enterByPasskey(gate, DISTRICT, key.get(late), chrome)), 'too late');
  const odd = [
    {},
    { id: '\0', response: null },
    { id: 1, response: { clientDataJSON: 'bnVsbA' } },
    { response: 'x' },
  ];
  for (const answer of odd)
    assert.ok(
      isRefusal(await enterByPasskey(gate, DISTRICT, answer as never, chrome)),
      JSON.stringify(answer),
    );
  const [kept] = await listPasskeys(gate, account);
  assert.equal(kept?.label, 'desk');
  await takePasskeyAway(gate, account, kept!.id);
  assert.ok(isRefusal(await enterByPasskey(gate, DISTRICT, key.get(await ask()), chrome)), 'taken away');
});

test('a passkey made for another page, or of a closed account, opens nothing', async (t) => {
  const { gate } = await testGate(t);
  const account = await somebody(gate, '10001');
  const key = authenticator(ORIGIN);
  const asked = await askForPasskey(gate, account);
  const phished = { label: 'x', response: key.create(asked.challenge, 'https://evil.example') } as Made;
  assert.ok(isRefusal(await addPasskey(gate, account, phished)));
  const other = await somebody(gate, '10002');
  const again = await askForPasskey(gate, account);
  const stolen = { label: 'x', response: key.create(again.challenge) } as Made;
  assert.ok(isRefusal(await addPasskey(gate, other, stolen)), 'asked for by another account');
  const right = await askForPasskey(gate, account);
  assert.equal(
    await addPasskey(gate, account, { label: 'x', response: key.create(right.challenge) } as Made),
    undefined,
  );
  await closeAccount(gate, account, undefined);
  const { challenge } = must(await askToShowPasskey(gate, DISTRICT, browser()));
  assert.ok(isRefusal(await enterByPasskey(gate, DISTRICT, key.get(challenge), browser())));
});
