import type { CaseId } from '@gezhi/basis';
import { openedAtOf } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import type pg from 'pg';
import { cell, copyRows, moment } from './copy-rows.ts';

const COLUMNS =
  'district, case_id, seq, position, type, v, occurred_at, recorded_at, post, person, cause, data';

/**
 * Appends facts to a district's log inside the caller's transaction and answers the position of the first. The row lock on the log
 * head is held from here to the commit: that makes positions gapless and in the order of commits, so call it last.
 *
 * @throws a unique violation (23505) on `fact` where somebody else wrote the same `seq` first: optimistic concurrency by seq
 */
export async function appendFacts(
  client: pg.ClientBase,
  district: string,
  facts: readonly Fact[],
): Promise<number | undefined> {
  if (facts.length === 0) return undefined;
  const { rows } = await client.query<{ position: number }>({
    name: 'append-facts-head',
    text: 'UPDATE log_head SET position = position + $2 WHERE district = $1 RETURNING position',
    values: [district, facts.length],
  });
  const last = rows[0]?.position;
  if (last === undefined) throw new Error(`district "${district}" has no log; open the town first`);
  const first = last - facts.length + 1;
  await copyRows(client, 'fact', COLUMNS, facts, (fact, i) => factLine(fact, first + i));
  return first;
}

/** The hottest line of an import: only three of its cells can hold a character to escape. */
function factLine(f: Fact, position: number): string {
  return (
    `${f.district}\t${f.caseId}\t${f.seq}\t${position}\t${f.type}\t${f.v}\t${moment(f.occurredAt)}\t${moment(f.recordedAt)}\t` +
    `${cell(f.by.post)}\t${cell(f.by.person)}\t${cell(f.cause)}\t${cell(JSON.stringify(f.data))}`
  );
}

const monthsMade = new WeakMap<object, Set<string>>();

/**
 * Makes the partitions that these cases' facts go to, each once a process and pool. Runs in a connection of its own, before the
 * caller's transaction, because making a partition locks the table for a moment.
 */
export async function openMonths(pool: pg.Pool, caseIds: Iterable<CaseId>): Promise<void> {
  let made = monthsMade.get(pool);
  if (!made) {
    made = new Set();
    monthsMade.set(pool, made);
  }
  for (const id of caseIds) {
    const at = new Date(openedAtOf(id));
    const month = at.getUTCFullYear() * 12 + at.getUTCMonth();
    if (made.has(String(month))) continue;
    await pool.query('SELECT open_fact_month($1)', [at.toISOString()]);
    made.add(String(month));
  }
}
