import { isRefusal } from '@gezhi/basis';
import {
  addRows,
  contributions,
  HUAIROU,
  newTally,
  rankUnits,
  rowsOf,
  type Tally,
  THREE_RATES_COUNTERS,
} from '@gezhi/measures';
import {
  appendFacts,
  copyRollup,
  headOf,
  inTransaction,
  lockFollower,
  moveFollower,
  openMonths,
  saveDistrict,
  sumRollup,
} from '@gezhi/storage';
import {
  admit,
  type Incoming,
  type Installation,
  newBatch,
  readSignal,
  type Town,
  townOf,
} from '@gezhi/town';
import { measuredIn, measureYardstick, rollupFollower, rollupRow } from '@gezhi/workers';
import { inTurn, type Line, median, spread } from './report.ts';

const HOUR = 3_600_000;
const MONTH = { from: Date.UTC(2026, 3, 30, 16), to: Date.UTC(2026, 4, 31, 16) };
const STREETS = Array.from({ length: 12 }, (_, i) => `street-${String(i + 1).padStart(2, '0')}`);
const KINDS = ['water', 'power', 'road', 'lamp', 'waste', 'noise', 'lift', 'parking', 'wages', 'other'];
const SOLVED = ['yes', 'yes', 'yes', 'partly', 'no', 'noAnswer'] as const;
const SATISFIED = ['satisfied', 'basically', 'satisfied', 'dissatisfied', 'noAnswer'] as const;

/**
 * One month of requests in twelve streets, each closed and most called back; made once. The facts are those that an import decides and
 * the roll-up that its follower adds, both by the same functions; what the rates do not read (signals, words, lists) is left out.
 */
export async function makeMonth(installation: Installation, rows: number): Promise<Town> {
  const { pool } = installation.db;
  const profile = {
    district: 'rates',
    name: { zh: '测速', en: 'Rates bench' },
    zone: 'Asia/Shanghai',
    calendar: 'cn',
    desk: 990,
    codes: 'free',
    layers: [{ code: 'street', tiling: false, name: { zh: '街道', en: 'Street' } }],
  };
  await inTransaction(pool, (client) => saveDistrict(client, 'rates', profile));
  await installation.reload();
  const town = townOf(installation, 'rates');
  const tally = newTally();
  let writing: Promise<void> = Promise.resolve();
  for (let from = 0; from < rows; from += BATCH) {
    const size = Math.min(BATCH, rows - from);
    await town.numbers.ready(size);
    const { facts, cases } = decideAll(town, tally, from, size);
    await writing;
    await openMonths(pool, cases.keys());
    writing = inTransaction(pool, async (client) => {
      await appendFacts(client, 'rates', facts);
    });
  }
  await writing;
  await keepRollup(town, tally);
  await pool.query('SELECT look_again()');
  return town;
}

const BATCH = 2_000;

function decideAll(town: Town, tally: Tally, from: number, size: number): ReturnType<typeof newBatch> {
  const batch = newBatch(town, MONTH.to, { post: 'intake' });
  for (let n = from; n < from + size; n += 1) {
    const receipt = admit(batch, readSignal(town, request(n)));
    if (isRefusal(receipt)) throw new Error(receipt.because);
    addRows(tally, contributions(measuredIn(town, batch.cases.get(receipt.caseId)!)), 1);
  }
  return batch;
}

async function keepRollup(town: Town, tally: Tally): Promise<void> {
  await inTransaction(town.db.pool, async (client) => {
    await lockFollower(client, 'rates', rollupFollower.name, measureYardstick(town));
    await copyRollup(client, 'rates', rowsOf(tally).map(rollupRow));
    await moveFollower(client, 'rates', rollupFollower.name, await headOf(client, 'rates'));
  });
}

/** The n-th request: hour, street and kind each spread by a step of its own, so that every combination comes about. */
function request(n: number): Incoming {
  const hours = (MONTH.to - MONTH.from) / HOUR;
  const spread = Math.floor(((n * 0.6180339887498949) % 1) * hours * STREETS.length * KINDS.length);
  const occurredAt = MONTH.from + (spread % hours) * HOUR + (n % 3599) * 1000;
  const street = STREETS[Math.floor(spread / hours) % STREETS.length]!;
  const answer = {
    contacted: n % 11 ? 'yes' : 'no',
    solved: SOLVED[n % 6]!,
    satisfied: SATISFIED[n % 5]!,
  } as const;
  return {
    source: 'bench',
    id: String(n),
    type: 'gezhi.import.v1',
    occurredAt,
    channel: 'phone',
    kind: KINDS[Math.floor(spread / hours / STREETS.length)]!,
    statedPlaces: { street },
    mayJoin: false,
    stated: {
      unit: street,
      closedAt: occurredAt + 30 * HOUR,
      ...(n % 7 ? { callback: { answer, at: occurredAt + 29 * HOUR } } : {}),
    },
  };
}

type Counted = {
  unit: string;
  n: number;
  contacted: number;
  solved: number;
  satisfied: number;
  basically: number;
};

/** The same counts straight from the facts, as an analyst would write it. */
const OVER_FACTS = `
  SELECT d.data->'lead'->>'unit' AS unit,
    count(*) FILTER (WHERE ok) AS n,
    count(*) FILTER (WHERE ok AND a->>'contacted' = 'yes') AS contacted,
    count(*) FILTER (WHERE ok AND a->>'solved' = 'yes') AS solved,
    count(*) FILTER (WHERE ok AND a->>'satisfied' = 'satisfied') AS satisfied,
    count(*) FILTER (WHERE ok AND a->>'satisfied' = 'basically') AS basically
  FROM fact o
  JOIN fact d ON d.district = o.district AND d.case_id = o.case_id AND d.type = 'dispatched'
  LEFT JOIN fact c ON c.district = o.district AND c.case_id = o.case_id AND c.type = 'calledBack'
  CROSS JOIN LATERAL (SELECT c.data->'answer' AS a) AS answer
  CROSS JOIN LATERAL (SELECT a IS NOT NULL AND a->>'contacted' <> 'noAnswer' AND a->>'solved' <> 'noAnswer'
    AND a->>'satisfied' <> 'noAnswer' AS ok) AS valid
  WHERE o.district = 'rates' AND o.type = 'opened' AND o.occurred_at >= $1 AND o.occurred_at < $2
  GROUP BY 1 ORDER BY 1`;

/** Three rates of all streets for one month: roll-ups beside the same counts over the facts; every figure must agree. */
export async function benchRates(town: Town, rows: number): Promise<Line[]> {
  const { pool } = town.db;
  let facts: readonly Counted[] = [];
  let ranked: ReturnType<typeof rankUnits> | undefined;
  const ours = async (): Promise<number> => {
    const began = performance.now();
    const sums = await sumRollup(pool, 'rates', {
      basis: HUAIROU.dateBasis,
      fromHour: MONTH.from / HOUR,
      toHour: MONTH.to / HOUR,
      keep: { unit: true },
      counters: THREE_RATES_COUNTERS,
    });
    ranked = rankUnits(
      sums.map(({ unit, counts }) => ({ unit, sample: counts })),
      HUAIROU,
    );
    return performance.now() - began;
  };
  const reference = async (): Promise<number> => {
    const began = performance.now();
    const window = [new Date(MONTH.from).toISOString(), new Date(MONTH.to).toISOString()];
    facts = (await pool.query<Counted>(OVER_FACTS, window)).rows;
    return performance.now() - began;
  };
  const { a, b } = await inTurn(5, ours, reference);
  const same = agree(ranked!, facts);
  const ratio = median(b) / median(a);
  return [
    {
      name: `three rates, all streets, one month of ${rows.toLocaleString('en')} requests`,
      ours: `${median(a).toFixed(1)} ms`,
      reference: `SQL over the facts: ${median(b).toFixed(0)} ms`,
      ratio,
      goal: '≥ 100×, bit-identical',
      reached: ratio >= 100 && same,
      method: `5 pairs in turn; ours ${spread(a)} ms, reference ${spread(b, 0)} ms; ${same ? 'all figures identical' : 'FIGURES DIFFER'}`,
    },
  ];
}

/** Both sides divide whole numbers once, so that the same ratio is the same double: compared with ===, never with a tolerance. */
function agree(ranking: ReturnType<typeof rankUnits>, facts: readonly Counted[]): boolean {
  const rates = new Map([...ranking.ranked, ...ranking.belowFloor].map(({ unit, rates }) => [unit, rates]));
  return (
    rates.size === facts.length &&
    facts.every((row) => {
      const r = rates.get(row.unit);
      return (
        r?.n === row.n &&
        r.response?.value === row.contacted / row.n &&
        r.solve?.value === row.solved / row.n &&
        r.satisfaction?.value ===
          (1000 * row.satisfied + HUAIROU.basicallyWeight * row.basically) / (1000 * row.n)
      );
    })
  );
}
