import { isDeepStrictEqual } from 'node:util';
import type { Installation } from '@gezhi/town';
import { rebuild } from '@gezhi/workers';
import { type CommandAnswer, keyOf, type Ledger, type SentSignal } from './ledger.ts';
import { DISTRICT } from './small-town.ts';

/**
 * Holds what an installation has against what was acknowledged, once nothing is on its way any more: every acknowledged signal and command
 * is there once, the log has no gaps, and every projection is what the facts say. Answers what is wrong, each in a line.
 */
export async function checkLedger(
  installation: Installation,
  ledger: Ledger,
  options: CheckOptions = {},
): Promise<readonly string[]> {
  return [
    ...(await checkLog(installation)),
    ...(await checkSignals(installation, ledger, options)),
    ...(await checkCommands(installation, ledger)),
    ...(await checkProjections(installation)),
  ];
}

export type CheckOptions = {
  /** Several services took signals in, each with a journal of its own: one sender's may then enter in another order. */
  readonly hasManyJournals?: boolean;
};

type Pool = Installation['db']['pool'];

async function ask<T extends object>(pool: Pool, sql: string, values: readonly unknown[] = []): Promise<T[]> {
  return (await pool.query<T>(sql, [...values])).rows;
}

/** Positions of the log and `seq` of each case run without a gap; a number was given once. */
async function checkLog({ db: { pool } }: Installation): Promise<readonly string[]> {
  const [log] = await ask<{ facts: number; first: number; last: number; positions: number; head: number }>(
    pool,
    `SELECT count(*)::int AS facts, coalesce(min(position), 1)::int AS first, coalesce(max(position), 0)::int AS last,
       count(DISTINCT position)::int AS positions,
       (SELECT position::int FROM log_head WHERE district = $1) AS head
     FROM fact WHERE district = $1`,
    [DISTRICT],
  );
  const { facts, first, last, positions, head } = log!;
  const problems: string[] = [];
  if (first !== 1 || last !== facts || positions !== facts || head !== facts) {
    problems.push(`the log has gaps: ${JSON.stringify(log)}`);
  }
  const gaps = await ask<{ case_id: string }>(
    pool,
    `SELECT case_id FROM fact WHERE district = $1 GROUP BY case_id HAVING min(seq) <> 1 OR max(seq) <> count(*)`,
    [DISTRICT],
  );
  for (const { case_id } of gaps) problems.push(`case ${case_id} has a gap in its facts`);
  const twice = await ask<{ number: string }>(
    pool,
    `SELECT data->'voice'->>'number' AS number FROM fact
     WHERE district = $1 AND type IN ('opened', 'joined') AND data->'voice' IS NOT NULL
     GROUP BY 1 HAVING count(*) > 1`,
    [DISTRICT],
  );
  for (const { number } of twice) problems.push(`number ${number} was given twice`);
  return problems;
}

type SignalRow = {
  readonly source: string;
  readonly id: string;
  readonly number: string | null;
  readonly case_id: string;
  /** Facts of the taking in: opened, joined or followed, by cause. */
  readonly times: number;
  readonly position: number | null;
  readonly held: boolean;
  /** Further numbers under which it opens: told by the journal for one that had entered before. */
  readonly told: readonly string[];
};

const SIGNALS = `
  SELECT s.source, s.id, s.number, s.case_id, count(f.*)::int AS times, min(f.position)::int AS position,
    EXISTS (SELECT FROM request r WHERE r.district = s.district AND r.number = s.number) AS held,
    ARRAY(SELECT t.number FROM told_number t WHERE t.district = s.district AND t.first = s.number) AS told
  FROM signal s LEFT JOIN fact f ON f.district = s.district AND f.cause = s.source || '/' || s.id
    AND f.type IN ('opened', 'joined', 'followed')
  WHERE s.district = $1 GROUP BY s.district, s.source, s.id`;

async function checkSignals(
  { db: { pool } }: Installation,
  ledger: Ledger,
  { hasManyJournals }: CheckOptions,
): Promise<readonly string[]> {
  const rows = new Map((await ask<SignalRow>(pool, SIGNALS, [DISTRICT])).map((row) => [keyOf(row), row]));
  const problems: string[] = [];
  for (const [key, row] of rows) {
    const sent = ledger.signals.get(key);
    if (!sent) problems.push(`signal ${key} was never sent`);
    if (sent?.refused && sent.receipts.length === 0) problems.push(`signal ${key} was refused and is there`);
    if (row.times !== 1) problems.push(`signal ${key} was taken in ${row.times} times`);
    if (row.number !== null && !row.held) problems.push(`number ${row.number} of ${key} opens nothing`);
  }
  for (const sent of ledger.signals.values()) problems.push(...checkReceipts(sent, rows.get(sent.key)));
  return hasManyJournals ? problems : [...problems, ...checkOrder(ledger, rows)];
}

/** Every receipt of a signal names the number and the case under which it is there. */
function checkReceipts(sent: SentSignal, row: SignalRow | undefined): string[] {
  if (sent.receipts.length === 0) return [];
  if (!row) return [`signal ${sent.key} was acknowledged and is lost: ${JSON.stringify(sent.receipts[0])}`];
  return sent.receipts.flatMap((receipt) => {
    const problems: string[] = [];
    if (receipt.number !== undefined && receipt.number !== row.number && !row.told.includes(receipt.number)) {
      problems.push(`signal ${sent.key} is there as ${row.number}, told was ${JSON.stringify(receipt)}`);
    }
    if (receipt.caseId !== undefined && receipt.caseId !== row.case_id) {
      problems.push(`signal ${sent.key} is in case ${row.case_id}, told was ${receipt.caseId}`);
    }
    return problems;
  });
}

/** What a sender had acknowledged one after the other stands in the log in that order, through the journal or not. */
function checkOrder(ledger: Ledger, rows: ReadonlyMap<string, SignalRow>): string[] {
  const bySender = Map.groupBy(
    [...ledger.signals.values()].filter(({ turn }) => turn !== undefined),
    ({ sender }) => sender,
  );
  return [...bySender.values()].flatMap((list) => {
    const inTurn = list.toSorted((a, b) => a.turn! - b.turn!);
    return inTurn.slice(1).flatMap((sent, i) => {
      const [before, after] = [rows.get(inTurn[i]!.key)?.position, rows.get(sent.key)?.position];
      if (before == null || after == null || before < after) return [];
      return [`signal ${sent.key} (${after}) entered before ${inTurn[i]!.key} (${before})`];
    });
  });
}

async function checkCommands({ db: { pool } }: Installation, ledger: Ledger): Promise<readonly string[]> {
  const kept = new Map(
    (
      await ask<{ id: string; answer: CommandAnswer }>(
        pool,
        'SELECT command_id AS id, answer FROM command WHERE district = $1',
        [DISTRICT],
      )
    ).map(({ id, answer }) => [id, answer]),
  );
  const facts = Map.groupBy(
    await ask<{ cause: string; caseId: string; seq: number; type: string }>(
      pool,
      `SELECT cause, case_id AS "caseId", seq, type FROM fact
       WHERE district = $1 AND cause IN (SELECT command_id FROM command WHERE district = $1) ORDER BY position`,
      [DISTRICT],
    ),
    ({ cause }) => cause,
  );
  const problems: string[] = [];
  for (const [id, answer] of kept) {
    const done = (facts.get(id) ?? []).map(({ cause: _, ...fact }) => fact);
    if (!isDeepStrictEqual(done, answer.facts)) problems.push(`facts of command ${id} are not its answer`);
    if (!ledger.commands.has(id)) problems.push(`command ${id} was never sent`);
  }
  for (const { commandId, answers, refused, body } of ledger.commands.values()) {
    for (const answer of answers) {
      if (!isDeepStrictEqual(answer, kept.get(commandId))) {
        problems.push(`command ${commandId} was answered ${JSON.stringify(answer)}, and is not that`);
      }
    }
    // Accepting is refused for good once it was done, so a refusal beside an answer was told to its own twin.
    if (refused && answers.length > 0 && body.action === 'accept') {
      problems.push(`command ${commandId} was carried out, and its twin was refused: ${refused}`);
    }
    if (refused && answers.length === 0 && kept.has(commandId)) {
      problems.push(`command ${commandId} was carried out and refused: ${refused}`);
    }
  }
  return problems;
}

async function checkProjections(installation: Installation): Promise<readonly string[]> {
  const { differences, notCompared } = await rebuild(installation);
  return [
    ...differences.map((difference) => `a rebuild finds ${JSON.stringify(difference)}`),
    ...notCompared.map((name) => `${name} could not be compared`),
  ];
}
