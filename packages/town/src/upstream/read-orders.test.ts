import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from '@gezhi/basis';
import { readOrdersIn } from './read-orders.ts';

const NOW = Date.UTC(2026, 4, 6, 2);
const ORDER = { 工单编号: 'SJ-1', 诉求内容: '路灯不亮', 来电时间: '2026-05-06 09:00' };

test('an empty list of orders brings none', async () => {
  assert.deepEqual(await readOrdersIn([], NOW), { rows: [], refused: [] });
});

test('what is no order is refused by its place in the list, and the others are read', async () => {
  const { rows, refused } = await readOrdersIn([1, ORDER, [], null, 'x', {}], NOW);
  assert.equal(rows.length + refused.filter(({ row }) => row === 2).length, 1);
  assert.deepEqual(
    refused.filter(({ row }) => row !== 2).map(({ row }) => row),
    [1, 3, 4, 5, 6],
  );
});

test('a file without a header says so', async () => {
  await assert.rejects(readOrdersIn(Buffer.from(''), NOW), (error) => (error as Fault).code === 'bad-header');
});
