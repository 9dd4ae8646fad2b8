import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { did } from '../testing/made-up.ts';
import type { Entry } from './entry.ts';
import { afterSending, expectedSeq, nextToSend, type Outcome, outdated, unsettled } from './outbox.ts';
import { sendAll } from './send-all.ts';

/** The service as this phone meets it: what it answers to each try, and what it took. */
function service(start: readonly Entry[], answer: (entry: Entry, seq: number | undefined) => Outcome) {
  const rows = new Map(start.map((entry) => [entry.id, entry]));
  const told: string[] = [];
  const io = {
    read: async () => [...rows.values()],
    save: async (entry: Entry) => void rows.set(entry.id, entry),
    now: () => 99,
    deliver: async (entry: Entry, seq: number | undefined) => {
      told.push(`${entry.about.zh}@${seq}`);
      return answer(entry, seq);
    },
  };
  return { io, told, rows: () => [...rows.values()].sort((a, b) => a.order - b.order) };
}

const stale = (since: readonly string[], seq = 9): Outcome => ({
  is: 'conflict',
  conflict: {
    code: 'stale',
    title: '',
    detail: '',
    remedy: '',
    seq,
    since: since.map((words, i) => ({ seq: i + 5, type: words.split(' ')[0]!, post: words.split(' ')[1]! })),
  },
});

describe('the outbox', () => {
  test('is sent in the order of doing, and each deed has seen what the one before it left', async () => {
    const { io, told, rows } = service(
      [did(2, 'finish a'), did(1, 'accept a'), did(3, 'accept b')],
      (entry) => ({
        is: 'sent',
        seq: 4 + entry.order * 2,
      }),
    );
    assert.equal(await sendAll('worker', io), undefined);
    assert.deepEqual(told, ['accept a@4', 'finish a@6', 'accept b@4']);
    assert.deepEqual(unsettled(rows()), []);
  });

  test('a conflict holds back what was done to the same case afterwards, and nothing else', async () => {
    const start = [did(1, 'accept a'), did(2, 'finish a'), did(3, 'accept b')];
    const { io, told, rows } = service(start, ({ order }) =>
      order === 1 ? stale(['closed desk']) : { is: 'sent', seq: 6 },
    );
    await sendAll('worker', io);
    assert.deepEqual(told, ['accept a@4', 'accept b@4']);
    assert.deepEqual(
      rows().map(({ state }) => state),
      ['conflict', 'waiting', 'sent'],
    );
  });

  test('own photos that came in between are no conflict', async () => {
    const answers = [
      stale(['photographed worker', 'photographed worker'], 6),
      { is: 'sent', seq: 8 } as const,
    ];
    const { io, told } = service([did(1, 'finish a')], () => answers.shift()!);
    await sendAll('worker', io);
    assert.deepEqual(told, ['finish a@4', 'finish a@6']);
    const mixed = afterSending(did(1, 'finish a'), stale(['photographed worker', 'closed desk']), 5);
    assert.equal(mixed.state, 'conflict');
  });

  test('without a network it rests and loses nothing; of another post it keeps what there is', async () => {
    const start = [did(1, 'accept a'), did(2, 'accept b', { post: 'other' })];
    const { io, rows } = service(start, () => ({ is: 'later', why: 'offline' }));
    assert.equal(await sendAll('worker', io), 'offline');
    assert.deepEqual(rows(), start);
    assert.equal(nextToSend(start, 'nobody'), undefined);
  });

  test('pictures go last, and one that is refused holds back nothing', async () => {
    const start = [did(1, 'photo a'), did(2, 'finish a'), did(3, 'photo a'), did(4, 'accept b')];
    const { io, told, rows } = service(start, ({ order }) =>
      order === 1
        ? { is: 'conflict', conflict: { code: 'no-photo', title: '', detail: '', remedy: '' } }
        : { is: 'sent' },
    );
    await sendAll('worker', io);
    assert.deepEqual(told, ['finish a@4', 'accept b@4', 'photo a@undefined', 'photo a@undefined']);
    assert.deepEqual(
      rows().map(({ state }) => state),
      ['conflict', 'sent', 'sent', 'sent'],
    );
  });

  test('a photo needs to have seen nothing', () => {
    const photo = did(1, 'photo a');
    assert.equal(expectedSeq([photo], photo), undefined);
  });

  test('what is settled is shown for a day; what is not, until it is', () => {
    const day = 24 * 3_600_000;
    const rows = [did(1, 'accept a'), did(2, 'accept b', { state: 'sent', settledAt: 0 })];
    assert.deepEqual(
      outdated(rows, day + 1).map(({ id }) => id),
      ['id2'],
    );
    assert.deepEqual(outdated(rows, day - 1), []);
  });

  test('whatever the service answers, every deed is at the end sent, or waits, or asks; and the order in a case is kept', async () => {
    const kinds = fc.constantFrom<Outcome>(
      { is: 'sent', seq: 7 },
      { is: 'later', why: 'busy' },
      stale(['closed desk']),
      stale(['photographed worker']),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }),
        fc.array(kinds, { maxLength: 20 }),
        async (cases, answers) => {
          const start = cases.map((c, i) => did(i + 1, `accept ${c}`));
          const { io, rows } = service(start, () => answers.shift() ?? { is: 'later', why: 'offline' });
          await sendAll('worker', io);
          assert.deepEqual(
            rows().map(({ id }) => id),
            start.map(({ id }) => id),
          );
          for (const c of ['a', 'b', 'c']) {
            const lane = rows().filter(({ about }) => about.zh.endsWith(c));
            const firstOpen = lane.findIndex(({ state }) => state !== 'sent');
            assert.ok(firstOpen === -1 || lane.slice(firstOpen).every(({ state }) => state !== 'sent'));
          }
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });
});
