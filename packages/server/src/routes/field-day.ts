import { DAY, type Instant, isoInstant, isRefusal, MINUTE, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, isOpenPhase } from '@gezhi/cases';
import type { FieldDay } from '@gezhi/contract';
import { mayReach, type Post } from '@gezhi/duty';
import { descendants } from '@gezhi/place';
import { listCases, listRoundRows } from '@gezhi/storage';
import { type Asset, findRound, heldBy, mayEdition, type Round, type Town } from '@gezhi/town';
import { tilesOf } from '../maps/maps.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { placeOf, unitNamed } from '../views/names.ts';
import { asksForPhoto, fieldActions, fieldCases } from './field-case.ts';
import { sketchFor } from './sketch.ts';

const CASES_MAX = 200;
const ASSETS_MAX = 500;
const STOPS_MAX = 300;
const KINDS_MAX = 12;

/** A post's day: its open cases, rounds, map, things and hours. A dozen reads, whatever the size of the town. */
export async function getFieldDay(turn: Turn<'getFieldDay'>): Promise<RouteAnswer | Refusal> {
  const { town, actor, now } = turn;
  const post = actor && town.posts.get(actor.post);
  if (!actor || !post) return refuse('no-token', 'This is for staff who sit on a post.');
  const day = await dayOf(town, post, actor, now);
  return {
    status: 200,
    body: { ...day, ...(day.sketch ? { sketch: { ...day.sketch, ...tilesOf(turn.app.maps, town) } } : {}) },
    headers: { 'cache-control': 'private, no-store' },
  };
}

type Day = Omit<FieldDay, 'sketch'> & { readonly sketch?: ReturnType<typeof sketchFor> };

async function dayOf(town: Town, post: Post, actor: Actor, now: Instant): Promise<Day> {
  const area = areaOf(town, post);
  const rows = await listCases(
    town.db.pool,
    town.district,
    {
      unit: post.unit,
      isOpen: true,
      held: heldBy(town, actor, 'see'),
      ...(area ? { places: area.codes } : {}),
    },
    CASES_MAX + 1,
  );
  const ids = rows.slice(0, CASES_MAX).map(({ case_id }) => case_id);
  const within = area?.code ?? town.units.get(post.unit)?.place;
  const sketch =
    within === undefined ? undefined : sketchFor(town, placeOf(town, within)?.layer ?? '', within, now);
  return {
    at: isoInstant(now),
    post: { code: post.code, name: post.name },
    unit: unitNamed(town, post.unit),
    ...(area ? { place: { code: area.code, name: area.name, layer: area.layer } } : {}),
    duty: dutyOf(town, post, now),
    cases: [...(await fieldCases(town, ids, actor, now))],
    more: rows.length > CASES_MAX,
    processes: [...town.packs.values()].map(processView),
    rounds: isRefusal(mayEdition(town, 'round.visit', actor)) ? [] : await roundsOf(town, post, area, now),
    ...(sketch ? { sketch } : {}),
    kinds: quickKinds(town),
    assets: assetsOf(town, area),
  };
}

type Area = {
  readonly layer: string;
  readonly code: string;
  readonly name: string;
  readonly codes: readonly string[];
};

/** Where a post works, with every place below; `undefined` where that is all of its unit. */
function areaOf(town: Town, { place, unit }: Post): Area | undefined {
  if (place === undefined || place === town.units.get(unit)?.place) return undefined;
  const known = placeOf(town, place);
  if (!known) return undefined;
  const below = descendants(town.places, known.layer, place).map(({ code }) => code);
  return { layer: known.layer, code: place, name: known.name, codes: [place, ...below] };
}

/** The post's hours of the next seven days, by the roster, to the quarter of an hour. */
function dutyOf(town: Town, post: Post, now: Instant): FieldDay['duty'] {
  if (post.kind === 'dutyPost') return { always: true, hours: [] };
  const hours: { from: string; to: string }[] = [];
  const step = 15 * MINUTE;
  const first = Math.floor(now / step) * step;
  let from: Instant | undefined;
  for (let at = first; at <= first + 7 * DAY; at += step) {
    const isOn = at < first + 7 * DAY && mayReach(town.roster, post.code, at, now);
    if (isOn) from ??= at;
    if (isOn || from === undefined) continue;
    hours.push({ from: isoInstant(from), to: isoInstant(at) });
    from = undefined;
  }
  return { always: false, hours };
}

function processView({ process }: Town['pack']): FieldDay['processes'][number] {
  return {
    scene: process.scene,
    states: Object.fromEntries(
      Object.values(process.states).map(({ name, label, phase }) => [
        name,
        { label, phase, isOpen: isOpenPhase(phase) },
      ]),
    ),
    actions: fieldActions(process).map(({ name, act, label, about, from, to }) => ({
      action: name,
      act,
      label,
      ...(about ? { about } : {}),
      from: typeof from === 'string' ? from : [...from],
      ...(to === undefined ? {} : { to: typeof to === 'string' ? to : { ...to } }),
    })),
  };
}

/** Rounds that run today and send somebody of the post's unit to its area; what was found there is not taken along. */
async function roundsOf(
  town: Town,
  post: Post,
  area: Area | undefined,
  now: Instant,
): Promise<FieldDay['rounds']> {
  const today = new Date(now + town.calendar.zone.offsetAt(now)).toISOString().slice(0, 10);
  const running = (await listRoundRows(town.db.pool, town.district)).filter(
    ({ fromDay, toDay }) => fromDay <= today && today <= toDay,
  );
  const rounds = await Promise.all(running.map(({ id }) => findRound(town, id)));
  return rounds.flatMap((round) => {
    const stops = round ? stopsOf(town, round, post, area) : [];
    if (!round || stops.length === 0) return [];
    return [
      {
        id: round.id,
        sort: round.sort,
        title: { zh: round.titleZh, en: round.titleEn },
        to: round.toDay,
        checklist: round.items.map(({ id, zh, en }) => ({ id, zh, en })),
        stops,
      },
    ];
  });
}

function stopsOf(
  town: Town,
  round: Round,
  post: Post,
  area: Area | undefined,
): FieldDay['rounds'][number]['stops'] {
  const codes = area && new Set(area.codes);
  return round.places
    .filter(({ unit }) => unit === post.unit || round.leadUnit === post.unit)
    .filter(({ stop, target }) => !codes || codes.has(target === 'asset' ? placeOfAsset(town, stop) : stop))
    .slice(0, STOPS_MAX)
    .map(({ stop, target, name, visits, lastAt }) => {
      const point = target === 'asset' ? town.assets.get(stop)?.point : undefined;
      return {
        stop,
        target,
        name,
        visits,
        ...(point ? { point } : {}),
        ...(lastAt === undefined ? {} : { lastAt: isoInstant(lastAt) }),
      };
    });
}

function placeOfAsset(town: Town, code: string): string {
  return town.assets.get(code)?.place ?? '';
}

/** What is reported in three taps: things in public space. */
function quickKinds(town: Town): FieldDay['kinds'] {
  return [...town.kinds.values()]
    .filter((kind) => kind.public === true)
    .slice(0, KINDS_MAX)
    .map(({ code, name, urgency }) => ({
      code,
      name,
      photo: asksForPhoto(town, code),
      danger: urgency === 'danger',
    }));
}

function assetsOf(town: Town, area: Area | undefined): FieldDay['assets'] {
  if (!area) return [];
  const codes = new Set(area.codes);
  return [...town.assets.values()]
    .filter(({ place }) => place !== undefined && codes.has(place))
    .slice(0, ASSETS_MAX)
    .map(({ code, kind, name, point }: Asset) => ({ code, kind, name, ...(point ? { point } : {}) }));
}
