import { isRefusal } from '@gezhi/basis';
import { HUAIROU, rankUnits } from '@gezhi/measures';
import { inTransaction, saveDistrict, sumRollup } from '@gezhi/storage';
import { type Incoming, type Installation, type Town, takeIn, townOf } from '@gezhi/town';
import { follow, rollupFollower } from '@gezhi/workers';
import { inTurn, type Line, median, spread } from './report.ts';

const HOUR = 3_600_000;
const MONTH = { from: Date.UTC(2026, 3, 30, 16), to: Date.UTC(2026, 4, 31, 16) };
const STREETS = Array.from({ length: 12 }, (_, i) => `street-${String(i + 1).padStart(2, '0')}`);
const KINDS = ['water', 'power', 'road', 'lamp', 'waste', 'noise', 'lift', 'parking', 'wages', 'other'];
const SOLVED = ['yes', 'yes', 'yes', 'partly', 'no', 'noAnswer'] as const;
const SATISFIED = ['satisfied', 'basically', 'satisfied', 'dissatisfied', 'noAnswer'] as const;

/** One month of requests in twelve streets, each closed and most called back; made once. */
export async function makeMonth(installation: Installation, rows: number): Promise<Town> {
  const profile = {
    district: 'rates',
    name: { zh: '测速', en: 'Rates bench' },
    zone: 'Asia/Shanghai',
    calendar: 'cn',
    desk: 990,
    codes: 'free',
    layers: [{ code: 'street', tiling: false, name: { zh: '街道', en: 'Street' } }],
  };
  await inTransaction(installation.db.pool, (client) => saveDistrict(client, 'rates', profile));
  await installation.reload();
  const town = townOf(installation, 'rates');
  for (let from = 0; from < rows; from += 1000) {
    const batch = Array.from({ length: Math.min(1000, rows - from) }, (_, i) => request(from + i));
    for (const receipt of await takeIn(town, batch, MONTH.to))
      if (isRefusal(receipt)) throw new Error(receipt.because);
  }
  await follow(town, rollupFollower, { batchMax: 20_000 });
  return town;
}

/** The n-th request: spread over the month by a step that shares no factor with its hours. */
function request(n: number): Incoming {
  const hours = (MONTH.to - MONTH.from) / HOUR;
  const occurredAt = MONTH.from + ((n * 7919) % hours) * HOUR + (n % 3599) * 1000;
  const street = STREETS[n % STREETS.length]!;
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
    kind: KINDS[(n * 31) % KINDS.length]!,
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
