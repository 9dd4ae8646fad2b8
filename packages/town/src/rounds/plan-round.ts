import { type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import {
  insertRound,
  inTransaction,
  isConflict,
  ROUND_SORTS,
  type RoundRow,
  type RoundSort,
  type RoundStopRow,
} from '@gezhi/storage';
import { mayEdition } from '../editions/may-edition.ts';
import { unitsAbove } from '../may.ts';
import type { Town } from '../town.ts';
import { placesUnder } from './places-under.ts';
import type { RoundPlan, RoundTarget } from './round-plan.ts';

const ID = /^[a-z0-9][a-z0-9-]{0,59}$/;
const DAY_TEXT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const STOPS_MAX = 5000;

/**
 * Plans a round (巡查、排查、集中整治) over places and assets. By a post of the leading unit or one above it that holds `round.plan`.
 *
 * Refuses `no-person-rounds` where a stop names a person: a round goes to places and things; `bad-round` with field, value, problem and
 * remedy; `round-there` where the id is taken.
 */
export async function planRound(
  town: Town,
  plan: RoundPlan,
  by: Actor,
  now: Instant,
): Promise<RoundRow | Refusal> {
  const holds = mayEdition(town, 'round.plan', by);
  if (isRefusal(holds)) return holds;
  const wrong = wrongIn(town, plan, by);
  if (wrong) return wrong;
  const stops = stopsOf(town, plan);
  if (isRefusal(stops)) return stops;
  const row: RoundRow = {
    id: plan.id,
    sort: plan.sort as RoundSort,
    titleZh: plan.title.zh,
    titleEn: plan.title.en,
    kind: plan.kind ?? null,
    leadUnit: plan.lead,
    fromDay: plan.from,
    toDay: plan.to,
    basis: plan.basis,
    items: plan.checklist,
    plannedAt: now,
    post: by.post,
  };
  try {
    await inTransaction(town.db.pool, (client) => insertRound(client, town.district, row, stops));
  } catch (error) {
    if (!isConflict(error)) throw error;
    return refuse('round-there', `There is a round "${plan.id}" already; a plan is not changed.`);
  }
  return row;
}

function bad(field: string, value: unknown, problem: string, remedy: string): Refusal {
  return refuse('bad-round', `${field} ${JSON.stringify(value)}: ${problem}. ${remedy}`, {
    errors: [{ field, value, problem, remedy }],
  });
}

function wrongIn(town: Town, plan: RoundPlan, by: Actor): Refusal | undefined {
  const { id, sort, kind, lead, from, to, checklist } = plan;
  if (!ID.test(id)) return bad('id', id, 'is no id', 'Write small letters, digits and -, 60 at most.');
  if (!ROUND_SORTS.some((one) => one === sort))
    return bad('sort', sort, 'is none', `Write one of ${ROUND_SORTS.join(', ')}.`);
  if (!town.units.has(lead)) return bad('lead', lead, 'there is no such unit', 'Name a unit of this town.');
  const own = town.posts.get(by.post)?.unit ?? '';
  if (lead !== own && !unitsAbove(town, lead).includes(own))
    return refuse('not-your-unit', 'A unit plans rounds that it leads itself, or a unit below it leads.', {
      lead,
    });
  if (![from, to].every((day) => DAY_TEXT.test(day)) || to < from)
    return bad('to', to, 'the days are not in order', 'Write from and to as 2026-05-06, both included.');
  if (checklist.length === 0)
    return bad('checklist', checklist, 'is empty', 'Say what is looked at, one item at least.');
  const item = checklist.find((one) => !ID.test(one.id) || !one.zh || !one.en);
  if (item) return bad('checklist', item.id, 'is not whole', 'Give each item an id and words in zh and en.');
  if (new Set(checklist.map((one) => one.id)).size < checklist.length)
    return bad(
      'checklist',
      checklist.map((one) => one.id),
      'has an id twice',
      'Give each item its own.',
    );
  for (const one of checklist) {
    const taken = one.kind ?? kind;
    if (taken === undefined || !town.kinds.has(taken))
      return bad(
        `checklist.${one.id}.kind`,
        taken,
        'is no kind of this town',
        'A finding opens a case: say of which kind.',
      );
  }
  return undefined;
}

function stopsOf(town: Town, plan: RoundPlan): readonly RoundStopRow[] | Refusal {
  const stops = new Map<string, RoundStopRow>();
  const targets = [...(plan.stops ?? []), ...placesUnder(town, plan.every)];
  for (const target of targets) {
    const stop = stopOf(town, plan, target);
    if (isRefusal(stop)) return stop;
    stops.set(stop.stop, stop);
  }
  if (stops.size === 0)
    return bad(
      'stops',
      plan.stops ?? [],
      'leads nowhere',
      'Name places or assets, or every place of a level under one.',
    );
  if (stops.size > STOPS_MAX)
    return bad('stops', stops.size, `are more than ${STOPS_MAX}`, 'Split the round by street.');
  return [...stops.values()];
}

function stopOf(town: Town, { lead }: RoundPlan, target: RoundTarget): RoundStopRow | Refusal {
  const { unit } = target;
  if (unit !== undefined && !town.units.has(unit))
    return bad('stops.unit', unit, 'there is no such unit', 'Name a unit of this town.');
  if ('asset' in target) {
    const asset = town.assets.get(target.asset);
    if (!asset)
      return bad('stops.asset', target.asset, 'there is no such asset', 'Name an asset of this town.');
    const goes = unit ?? [asset.keeper, asset.owner].find((one) => one && town.units.has(one)) ?? lead;
    return { stop: asset.code, target: 'asset', layer: null, unit: goes };
  }
  if ('place' in target) {
    const place = town.places.places.find(({ code }) => code === target.place);
    if (!place)
      return bad('stops.place', target.place, 'there is no such place', 'Name a place of this town.');
    const there = [...town.units.values()].find((one) => one.place === place.code);
    return { stop: place.code, target: 'place', layer: place.layer, unit: unit ?? there?.code ?? lead };
  }
  return refuse(
    'no-person-rounds',
    'A round goes to places and things, never to a person. Whom somebody visits is for that person to ask for or agree to, or for a law to order, and is not planned here.',
    { keys: Object.keys(target) },
  );
}
