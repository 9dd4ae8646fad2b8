import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseId, type Fault, isRefusal, type RequestNumber } from '@gezhi/basis';
import type { Incoming, Receipt, Town } from '@gezhi/town';
import { type BatcherOptions, intakeBatcher } from './intake-batcher.ts';

const town = { district: '990009' } as Town;

function signal(id: string): Incoming {
  return { source: 'test', id, type: 'gezhi.report.v1', occurredAt: 0, channel: 'web', words: id };
}

function receipt(id: string): Receipt {
  return { caseId: id as CaseId, known: false, joined: false };
}

/** A batcher that writes down how large its batches were. */
function watched(options: Partial<BatcherOptions> = {}) {
  const sizes: number[] = [];
  let inFlight = 0;
  let most = 0;
  const batcher = intakeBatcher({
    now: () => 0,
    take: async (_, signals) => {
      sizes.push(signals.length);
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
      return signals.map(({ id }) => receipt(id));
    },
    ...options,
  });
  return { batcher, sizes, most: () => most };
}

test('each caller gets the answers to its own signals, in its order', async () => {
  const { batcher } = watched({ batchMax: 3 });
  const callers = Array.from({ length: 20 }, (_, i) => [signal(`${i}a`), signal(`${i}b`)]);
  const answers = await Promise.all(callers.map((signals) => batcher.submit(town, signals)));
  for (const [i, answer] of answers.entries()) {
    assert.deepEqual(
      answer.map((a) => !isRefusal(a) && !a.spooled && a.caseId),
      [`${i}a`, `${i}b`],
    );
  }
});

test('what arrives while two batches are on their way goes together, never more than the limit', async () => {
  const { batcher, sizes, most } = watched({ batchMax: 16 });
  await Promise.all(Array.from({ length: 100 }, (_, i) => batcher.submit(town, [signal(String(i))])));
  assert.ok(sizes.every((size) => size <= 16) && sizes.length <= 8, String(sizes));
  assert.equal(most(), 2);
  await batcher.idle();
});

test('too many that wait are told to come again; nothing of theirs is taken', async () => {
  const { batcher } = watched({ waitingMax: 2, batchMax: 1, inFlightMax: 1 });
  const calls = ['1', '2', '3'].map((id) => batcher.submit(town, [signal(id)]));
  const [first, second, third] = await Promise.allSettled(calls);
  assert.deepEqual([first!.status, second!.status, third!.status], ['fulfilled', 'fulfilled', 'rejected']);
  assert.equal(((third as PromiseRejectedResult).reason as Fault).code, 'intake-full');
});

test('one signal that cannot be written takes no other with it', async () => {
  const { batcher } = watched({
    take: async (_, signals) => {
      if (signals.some(({ id }) => id === 'bad')) throw new Error('cannot be written');
      return signals.map(({ id }) => receipt(id));
    },
  });
  const results = await Promise.allSettled(['1', 'bad', '2'].map((id) => batcher.submit(town, [signal(id)])));
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
});

test('while the database is away, and while the journal drains, signals go to the journal', async () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const appended: string[] = [];
  let isAway = true;
  const { batcher } = watched({
    take: async (_, signals) => {
      if (isAway) throw away;
      return signals.map(({ id }) => receipt(id));
    },
    spool: {
      append: async (signals) => {
        appended.push(...signals.map(({ id }) => id));
        return signals.map(() => ({ known: false, joined: false }));
      },
      isWaiting: () => appended.length === 2,
    },
  });
  const spooled = async (id: string): Promise<boolean | undefined> => {
    const [taken] = await batcher.submit(town, [signal(id)]);
    return taken && !isRefusal(taken) ? taken.spooled === true : undefined;
  };
  assert.equal(await spooled('1'), true);
  isAway = false;
  assert.equal(await spooled('2'), false);
  isAway = true;
  assert.equal(await spooled('3'), true);
  isAway = false;
  assert.equal(await spooled('4'), true);
  assert.deepEqual(appended, ['1', '3', '4']);
  const alone = watched({ take: async () => Promise.reject(away) });
  await assert.rejects(alone.batcher.submit(town, [signal('5')]), away);
});

test('a signal bears one number whichever way it enters, and its twin under way is told the same', async () => {
  const away = Object.assign(new Error('Connection terminated unexpectedly'));
  const asked: unknown[] = [];
  let last = 0;
  const { batcher } = watched({
    batchMax: 1,
    number: async (_, signals) =>
      signals.map((one) => {
        last += 1;
        return { ...one, issued: `19000000000${last}` as RequestNumber };
      }),
    take: async (_, signals) => {
      asked.push(...signals.map(({ issued }) => issued));
      throw away;
    },
    spool: {
      append: async (signals) =>
        signals.map(({ issued }) => ({ number: issued!, known: false, joined: false })),
    },
  });
  const answers = await Promise.all([
    batcher.submit(town, [signal('1')]),
    batcher.submit(town, [signal('1'), signal('2')]),
  ]);
  const told = answers.flat().map((taken) => !isRefusal(taken) && [taken.number, taken.known]);
  assert.deepEqual(told, [
    ['190000000001', false],
    ['190000000001', true],
    ['190000000002', false],
  ]);
  assert.deepEqual(asked, ['190000000001', '190000000002']);
});
