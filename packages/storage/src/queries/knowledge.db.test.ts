import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import { testDatabase } from '../testing.ts';
import {
  addKnowledge,
  type KnowledgeRow,
  knowledgeVersions,
  listKnowledge,
  searchKnowledge,
} from './knowledge.ts';
import { inTransaction } from './transaction.ts';

const NOW = Date.UTC(2026, 4, 6, 2);
const DAY = 86_400_000;
const BY = { at: NOW, post: 'made-up-post', person: null };

function row(id: string, more: Partial<KnowledgeRow> = {}): KnowledgeRow {
  return {
    id,
    version: 1,
    status: 'live',
    language: 'zh',
    owner: 'a-unit',
    kinds: ['other.inquiry'],
    validUntil: NOW + 365 * DAY,
    sourceCase: null,
    data: { id },
    ...more,
  };
}

test('live items are found, those that have the term in their question first', async (t) => {
  const { pool } = await testDatabase(t);
  const write = (one: KnowledgeRow, question: string[], rest: string[]): Promise<boolean> =>
    inTransaction(pool, (client) => addKnowledge(client, 'd', one, BY, { question, rest }));
  await write(row('in-answer'), ['别的'], ['停水']);
  await write(row('in-question'), ['停水'], ['别的']);
  await write(row('proposed', { status: 'proposed' }), ['停水'], []);
  await write(row('over', { validUntil: NOW - 1 }), ['停水'], []);
  const found = await searchKnowledge(pool, 'd', { terms: ['停水'], now: NOW }, 10);
  assert.deepEqual(
    found.map((one) => one.id),
    ['in-question', 'in-answer'],
  );
  assert.deepEqual(await searchKnowledge(pool, 'another', { terms: ['停水'], now: NOW }, 10), []);
  assert.deepEqual(await searchKnowledge(pool, 'd', { terms: ['停水'], language: 'en', now: NOW }, 10), []);
});

test('every version stays, one writer wins, one case proposes once', async (t) => {
  const { pool } = await testDatabase(t);
  const terms = { question: ['停水'], rest: [] };
  const write = (one: KnowledgeRow): Promise<boolean> =>
    inTransaction(pool, (client) => addKnowledge(client, 'd', one, BY, terms));
  const sourceCase = '019dfb8a-2800-7000-8000-000000000001' as CaseId;
  assert.equal(await write(row('a', { status: 'proposed', sourceCase })), true);
  assert.equal(await write(row('b', { status: 'proposed', sourceCase })), false);
  assert.equal(await write(row('a', { version: 2 })), true);
  assert.equal(await write(row('a', { version: 2 })), false);
  assert.equal(await write(row('a', { version: 1 })), false);
  const versions = await knowledgeVersions(pool, 'd', 'a');
  assert.deepEqual(
    versions.map(({ version, status }) => [version, status]),
    [
      [1, 'proposed'],
      [2, 'live'],
    ],
  );
  const due = await listKnowledge(pool, 'd', { dueBy: NOW + 400 * DAY });
  assert.deepEqual(
    due.map((one) => [one.id, one.validUntil]),
    [['a', NOW + 365 * DAY]],
  );
});
