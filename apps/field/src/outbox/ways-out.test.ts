import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, did, PROCESS } from '../testing/made-up.ts';
import { actionsIn, ahead, wayThrough } from './ahead.ts';
import { heldTogether, keepAsNote, keepMine, keepTheirs, waysOut } from './ways-out.ts';

const held = did(1, 'finish a', {
  state: 'conflict',
  conflict: { code: 'stale', title: '', detail: '', remedy: '', seq: 9 },
});

test('somebody else closed it: mine cannot be sent again, and stays as words beside what the requester said', () => {
  const theirs = aCase({ state: 'closed', phase: 'closed', seq: 9 });
  const { again, note } = waysOut([held], PROCESS, theirs);
  assert.equal(again, false);
  assert.equal(note?.action.act, 'follow');
  const behind = [did(2, 'note a'), did(3, 'photo a')];
  const kept = keepAsNote([held, ...behind], note!, theirs, 'finished offline', { id: 'new', now: 5 });
  assert.deepEqual(
    kept.map(({ id, state }) => `${id} ${state}`),
    ['new waiting', 'id2 dropped'],
    'the picture waits as it did',
  );
  assert.deepEqual(kept[0]!.deed.do === 'command' && kept[0]!.deed.input, {
    words: 'finished offline',
    number: '120000000017',
  });
});

test('somebody noted something: mine goes once more, having seen it, under the same id', () => {
  const theirs = aCase({ state: 'signed', seq: 9 });
  const { again, note } = waysOut([held], PROCESS, theirs);
  assert.equal(again, true);
  assert.equal(note?.action.act, 'note');
  const [mine] = keepMine([held], theirs);
  assert.deepEqual([mine!.id, mine!.state, mine!.seen, mine!.conflict], ['id1', 'waiting', 9, undefined]);
});

test('one decision is about all that hangs on it, and all of it must be possible still', () => {
  const accept = did(1, 'accept a', { state: 'conflict' });
  const entries = [accept, did(2, 'finish a'), did(3, 'finish b'), did(4, 'accept a', { state: 'sent' })];
  const together = heldTogether(entries, accept);
  assert.deepEqual(
    together.map(({ id }) => id),
    ['id1', 'id2'],
  );
  assert.equal(waysOut(together, PROCESS, aCase({ seq: 9 })).again, true);
  assert.equal(waysOut(together, PROCESS, aCase({ seq: 9, state: 'signed' })).again, false);
});

test('what can no longer be seen can only be dropped, and stays to be read', () => {
  assert.deepEqual(waysOut([held], PROCESS, undefined), { again: false });
  const [dropped] = keepTheirs([held], 5);
  assert.equal(dropped!.state, 'dropped');
  assert.equal(dropped!.settledAt, 5);
  assert.deepEqual(dropped!.deed, held.deed);
});

test('a case stands where its worker has brought it, sent or not', () => {
  const deeds = [did(1, 'accept a'), did(2, 'speak a'), did(3, 'accept b')];
  const now = ahead(aCase(), PROCESS, deeds);
  assert.equal(now.state, 'spoken');
  assert.equal(now.pending, 2);
  assert.ok(now.contacted.has('120000000017'));
  const acts = actionsIn(PROCESS, now, aCase().may).map(({ act }) => act);
  assert.deepEqual(acts, ['contact', 'finish', 'note', 'follow', 'photograph']);
});

test('what was dropped, or went as a note, moves nothing; what was sent does until the case tells of it itself', () => {
  const c = aCase();
  const at = (change: Parameters<typeof did>[2]): string =>
    ahead(c, PROCESS, [did(1, 'accept a', change)]).state;
  assert.equal(at({ state: 'dropped' }), 'sent');
  assert.equal(at({ asNote: true }), 'sent');
  assert.equal(at({ state: 'sent', left: 5 }), 'signed');
  assert.equal(at({ state: 'sent', left: 4 }), 'sent');
});

test('one tap goes through several acts, or through none', () => {
  const at = { state: 'sent', isOpen: true };
  const { may } = aCase();
  const step = (act: string, input = {}) => ({ act, input });
  const way = wayThrough(PROCESS, at, may, [
    step('accept'),
    step('contact'),
    step('finish', { outcome: 'solved' }),
  ]);
  assert.deepEqual(
    way?.map(({ action }) => action.action),
    ['accept', 'speak', 'finish'],
  );
  assert.equal(wayThrough(PROCESS, at, may, [step('finish')]), undefined);
  assert.equal(wayThrough(PROCESS, at, ['accept'], [step('accept'), step('finish')]), undefined);
});
