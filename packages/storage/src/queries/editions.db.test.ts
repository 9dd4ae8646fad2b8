import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintCaseId } from '@gezhi/basis';
import { testDatabase } from '../testing.ts';
import { casesOfWindow, editionText, keepEditionText } from './editions.ts';

const AT = Date.UTC(2026, 4, 6, 2);
const DAY = 86_400_000;
const window = { from: AT, to: AT + DAY };

test('the cases of a window, by what was said, promised or asked in it; merged voices are never left out', async (t) => {
  const { pool } = await testDatabase(t);
  await pool.query('SELECT open_fact_month($1)', [new Date(AT).toISOString()]);
  const caseOf = (n: number) => mintCaseId(AT, new Uint8Array(10).fill(n));
  let position = 0;
  const add = async (n: number, type: string, data: object, occurredAt = AT - DAY): Promise<void> => {
    position += 1;
    await pool.query(
      `INSERT INTO fact (district, case_id, seq, position, type, v, occurred_at, recorded_at, post, cause, data)
       VALUES ('d', $1, $2::int, $2::int, $3, 1, $4, $4, 'seat', 'c', $5)`,
      [caseOf(n), position, type, new Date(occurredAt).toISOString(), JSON.stringify(data)],
    );
  };
  await add(1, 'opened', { voice: { number: '1', saidAt: AT } });
  await add(2, 'joined', { voice: { number: '2', saidAt: AT + DAY } });
  await add(3, 'promised', { number: '3', due: { dueAt: AT + 1 } });
  await add(4, 'calledBack', { number: '4' }, AT + DAY - 1);
  await add(5, 'absorbed', { voices: [] });
  await add(6, 'opened', { words: { id: 'w' } });
  const found = async (basis: Parameters<typeof casesOfWindow>[2], upTo = position): Promise<number[]> => {
    const ids = await casesOfWindow(pool, 'd', basis, window, upTo);
    return [1, 2, 3, 4, 5, 6].filter((n) => ids.includes(caseOf(n)));
  };
  assert.deepEqual(await found('created'), [1, 5]);
  assert.deepEqual(await found('termEnd'), [3, 5]);
  assert.deepEqual(await found('calledBack'), [4, 5]);
  assert.deepEqual(await found('calledBack', 4), [4], 'what was written later is not read');
});

test('a text is kept once and never changed', async (t) => {
  const { pool } = await testDatabase(t);
  const row = { edition: 'e', hash: 'h', content: '{"a":1}', list: '[]', input: '{}' };
  const client = await pool.connect();
  try {
    await keepEditionText(client, 'd', row);
    await keepEditionText(client, 'd', { ...row, content: 'other' });
  } finally {
    client.release();
  }
  assert.equal(await editionText(pool, 'd', 'e', 'h', 'content'), '{"a":1}');
  assert.equal(await editionText(pool, 'd', 'e', 'x', 'content'), undefined);
});
