import { HOUR, MINUTE } from '@gezhi/basis';
import { createRandom, type Random } from '../random.ts';
import type { Spot } from './ground.ts';
import type { Answer, Channel, KindCode, Life } from './happening.ts';

/** Middle time from the report to the end of the work, where the unit is of middling quality. Hours. */
const WORK_HOURS: Readonly<Record<KindCode, number>> = {
  'water.supply': 9,
  'power.outage': 5,
  'gas.smell': 2.5,
  'road.damage': 70,
  'lamp.fault': 46,
  'waste.dump': 28,
  'noise.night': 40,
  'property.lift': 30,
  'illegal.parking': 8,
  'wages.unpaid': 150,
  'other.inquiry': 0.1,
};
/** Share of matters that are wholly solved by a unit of middling quality. */
const SOLVED: Readonly<Record<KindCode, number>> = {
  'water.supply': 0.93,
  'power.outage': 0.95,
  'gas.smell': 0.97,
  'road.damage': 0.88,
  'lamp.fault': 0.93,
  'waste.dump': 0.9,
  'noise.night': 0.66,
  'property.lift': 0.72,
  'illegal.parking': 0.8,
  'wages.unpaid': 0.62,
  'other.inquiry': 0.98,
};

/** Who works on a kind where: utilities serve the whole town, streets clear waste, the rest goes by county. */
function workerOf(kind: KindCode, spot: Spot): string {
  if (kind === 'water.supply' || kind === 'power.outage' || kind === 'gas.smell' || kind === 'other.inquiry')
    return kind;
  return kind === 'waste.dump' ? spot.townshipCode : `${kind}/${spot.county}`;
}

/** How good a unit is at its work: 1 is middling, below is slower and worse, above is quicker and better. */
export function qualities(seed: number): (kind: KindCode, spot: Spot) => number {
  const known = new Map<string, number>();
  return (kind, spot) => {
    const key = workerOf(kind, spot);
    let quality = known.get(key);
    if (quality === undefined) {
      quality = Math.exp(createRandom(`${seed}/quality/${key}`).normal(0, 0.32));
      known.set(key, quality);
    }
    return quality;
  };
}

export function lifeOf(
  random: Random,
  kind: KindCode,
  channel: Channel,
  quality: number,
  busy: boolean,
): Life {
  const acceptAfterMs = Math.round(acceptMinutes(random, channel) * MINUTE);
  if (kind === 'other.inquiry') return inquiryLife(random, acceptAfterMs);
  const doneHours = (WORK_HOURS[kind] / quality) * Math.exp(random.normal(0, 0.6)) * (busy ? 1.6 : 1);
  const doneAfterMs = acceptAfterMs + Math.round(doneHours * HOUR);
  const solvedChance = 1 - (1 - SOLVED[kind]) / quality;
  const outcome = random.chance(0.015)
    ? 'withdrawn'
    : random.chance(solvedChance)
      ? 'solved'
      : random.weighted([
          ['partly', 6],
          ['explainedUnsolvable', 4],
        ] as const);
  const contact = random.chance(0.9)
    ? Math.round((doneAfterMs - acceptAfterMs) * random.between(0.05, 0.4))
    : undefined;
  const disposition = random.weighted([
    [undefined, 96],
    ['referred', 2],
    ['declined', 1],
    ['answered', 1],
  ] as const);
  return {
    acceptAfterMs,
    ...(contact === undefined ? {} : { contactAfterMs: acceptAfterMs + contact }),
    doneAfterMs,
    outcome,
    checkPasses: random.chance(outcome === 'solved' ? 0.9 + 0.06 * Math.min(1.4, quality) : 0.8),
    answer: answerOf(random, outcome === 'solved', contact !== undefined),
    ...(disposition ? { disposition } : {}),
  };
}

function inquiryLife(random: Random, acceptAfterMs: number): Life {
  const answered = random.chance(0.85);
  return {
    acceptAfterMs,
    doneAfterMs:
      acceptAfterMs + Math.round((answered ? random.between(2, 12) : random.between(60, 2400)) * MINUTE),
    outcome: 'solved',
    checkPasses: true,
    answer: answerOf(random, true, true),
    disposition: answered ? 'answered' : 'referred',
  };
}

/** Calls are written down while they are made; what is typed waits for somebody to read it. */
function acceptMinutes(random: Random, channel: Channel): number {
  if (channel === 'phone' || channel === 'hotlineDesk') return random.between(1.5, 7);
  return (channel === 'grid' ? 4 : 22) * Math.exp(random.normal(0, 0.7));
}

function answerOf(random: Random, solved: boolean, contacted: boolean): Answer {
  if (random.chance(0.18)) return 'unreachable';
  const seenSolved = random.chance(solved ? 0.95 : 0.15);
  return {
    contacted: contacted && random.chance(0.97),
    solved: seenSolved,
    satisfied: random.chance(seenSolved ? 0.93 : contacted ? 0.3 : 0.08),
  };
}
