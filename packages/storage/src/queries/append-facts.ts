import type { CaseId } from '@gezhi/basis';
import { DAY, openedAtOf } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import type pg from 'pg';
import { CopyLines, cell, copyBytes, moment } from './copy-rows.ts';

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
  const lines = new FactLines(facts);
  const { rows } = await client.query<{ position: number }>({
    name: 'append-facts-head',
    text: 'UPDATE log_head SET position = position + $2 WHERE district = $1 RETURNING position',
    values: [district, facts.length],
  });
  const last = rows[0]?.position;
  if (last === undefined) throw new Error(`district "${district}" has no log; open the town first`);
  const first = last - facts.length + 1;
  await copyBytes(client, 'fact', COLUMNS, lines.from(first));
  return first;
}

/** As many digits as a safe integer has. */
const DIGITS = 16;
const NO_POSITION = '0'.repeat(DIGITS);

/**
 * The lines of facts, made before the log's head is locked, so that it is locked for no longer than the database takes: their positions,
 * which only the lock tells, are written into them afterwards.
 */
class FactLines {
  readonly #lines = new CopyLines();
  readonly #ends: number[] = [];

  constructor(facts: readonly Fact[]) {
    for (const fact of facts) {
      this.#ends.push(this.#lines.add(`${fact.district}\t${fact.caseId}\t${fact.seq}\t${NO_POSITION}`));
      this.#lines.add(factTail(fact));
    }
  }

  from(first: number): Buffer {
    const bytes = this.#lines.bytes();
    for (const [i, end] of this.#ends.entries()) {
      let position = first + i;
      for (let at = end - 1; position > 0; at -= 1) {
        bytes[at] = 48 + (position % 10);
        position = Math.floor(position / 10);
      }
    }
    return bytes;
  }
}

/** The hottest line of an import: only three of its cells can hold a character to escape. */
function factTail(f: Fact): string {
  return (
    `\t${f.type}\t${f.v}\t${moment(f.occurredAt)}\t${moment(f.recordedAt)}\t` +
    `${cell(f.by.post)}\t${cell(f.by.person)}\t${cell(f.cause)}\t${cell(JSON.stringify(f.data))}\n`
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
  const days = new Set<number>();
  for (const id of caseIds) days.add(Math.floor(openedAtOf(id) / DAY));
  for (const day of days) {
    const at = new Date(day * DAY).toISOString();
    const month = at.slice(0, 7);
    if (made.has(month)) continue;
    await pool.query('SELECT open_fact_month($1)', [at]);
    made.add(month);
  }
}
