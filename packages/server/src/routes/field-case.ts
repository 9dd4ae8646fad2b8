import { type CaseId, type Instant, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import {
  type Actor,
  type Case,
  clockLabel,
  clocksOf,
  type Fact,
  LABELS,
  type Process,
  replay,
  type Task,
} from '@gezhi/cases';
import { type FieldCase, isHandAct } from '@gezhi/contract';
import { loadFacts, mediaOfCases, wordsById } from '@gezhi/storage';
import { dueIn, mayIn, processOf, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { loadCaseFor } from '../views/load-case.ts';
import { kindLabel, placeNamed, postNamed, unitNamed } from '../views/names.ts';

/** Acts that somebody outside does; what else can be done is the desk's. */
const FIELD_ACTS: ReadonlySet<string> = new Set([
  'accept',
  'contact',
  'note',
  'follow',
  'finish',
  'finishTask',
  'stepTask',
  'photograph',
]);

/** A kind of this trait asks for a picture of the thing when it is done: 取证照片, of the object, never of people. */
const PHOTO_TRAIT = 'photoOfObject';

/** How much of the story is taken along. */
const STORY_MAX = 12;

/** One case as it is taken along. */
export async function getFieldCase(turn: Turn<'getFieldCase'>): Promise<RouteAnswer | Refusal> {
  const { town, params, actor, now } = turn;
  if (!actor) return refuse('no-token', 'This is for staff.');
  const loaded = await loadCaseFor(town, params.id as CaseId, actor);
  if (isRefusal(loaded)) return loaded;
  const media = await mediaOfCases(town.db.pool, town.district, [loaded.now.caseId]);
  const body = fieldCase(town, loaded.now, loaded.facts, loaded.words, media, actor, now);
  return { status: 200, body, headers: { 'cache-control': 'private, no-store' } };
}

/** Several cases with their words, in the order of the ids. Four reads. */
export async function fieldCases(
  town: Town,
  ids: readonly CaseId[],
  actor: Actor,
  now: Instant,
): Promise<readonly FieldCase[]> {
  const { pool } = town.db;
  const histories = await loadFacts(pool, town.district, [...ids]);
  const loaded = ids.flatMap((id) => {
    const facts = histories.get(id) ?? [];
    const c = replay(facts);
    return c ? [{ c, facts }] : [];
  });
  const words = await wordsById(
    pool,
    town.district,
    loaded.flatMap(({ c, facts }) => wordsOf(c, facts)),
  );
  const media = await mediaOfCases(pool, town.district, ids);
  return loaded.map(({ c, facts }) => fieldCase(town, c, facts, words, media, actor, now));
}

function wordsOf(c: Case, facts: readonly Fact[]): readonly string[] {
  const told = facts.flatMap((fact) => refOf(fact) ?? []);
  return [...told, ...Object.values(c.voices).flatMap(({ words }) => (words ? [words.id] : []))];
}

function refOf(fact: Fact): string | undefined {
  const { words, what } = fact.data as { words?: { id: string }; what?: { id: string } };
  return (words ?? what)?.id;
}

function fieldCase(
  town: Town,
  c: Case,
  facts: readonly Fact[],
  words: ReadonlyMap<string, string>,
  media: ReadonlyMap<string, string>,
  actor: Actor,
  now: Instant,
): FieldCase {
  const process = processOf(town, c);
  const unit = town.posts.get(actor.post)?.unit;
  const { lead, place } = c;
  const [lon, lat] = place.point ?? [];
  return {
    caseId: c.caseId,
    seq: c.seq,
    scene: c.scene,
    state: c.state,
    stateLabel: process.states[c.state]?.label ?? { zh: c.state, en: c.state },
    phase: c.phase,
    flags: [...c.flags],
    kind: { code: c.kind, name: kindLabel(town, c.kind) },
    photo: asksForPhoto(town, c.kind),
    place: {
      ...placeNamed(town, place.code),
      ...(lon === undefined || lat === undefined ? {} : { point: { lon, lat } }),
    },
    openedAt: isoInstant(c.openedAt),
    ...(lead ? { lead: unitNamed(town, lead.unit) } : {}),
    isLead: lead !== undefined && lead.unit === unit,
    isOurs: isOurs(c, unit),
    said: saidIn(c, facts, words),
    media: isOurs(c, unit) ? mediaIn(facts, media) : [],
    requests: Object.values(c.voices).map(({ number, saidAt }) => ({
      number,
      saidAt: isoInstant(saidAt),
      contacted: wasContacted(facts, number),
    })),
    clocks: clocksFor(town, process, c, now),
    tasks: c.tasks
      .filter((task) => task.unit === unit && task.doneAt === undefined)
      .map((task) => taskView(process, task, facts, words)),
    may: fieldActions(process)
      .filter(({ power }) => mayIn(town, power, c, actor).allowed)
      .map(({ name }) => name),
    story: facts.slice(-STORY_MAX).map((fact) => told(town, fact, words)),
  };
}

function mediaIn(facts: readonly Fact[], types: ReadonlyMap<string, string>): FieldCase['media'] {
  return facts.flatMap((fact) => {
    const type = fact.type === 'photographed' ? types.get(fact.data.media.id) : undefined;
    return type === undefined || fact.type !== 'photographed' ? [] : [{ id: fact.data.media.id, type }];
  });
}

export function asksForPhoto(town: Town, kind: string): boolean {
  return town.kinds.get(kind)?.traits.includes(PHOTO_TRAIT) ?? false;
}

/** The actions of a process for somebody outside; to hand a matter back is to object to it. */
export function fieldActions(process: Process): readonly Process['actions'][string][] {
  return Object.values(process.actions).filter(
    ({ act, about }) =>
      (FIELD_ACTS.has(act) && (isHandAct(act) || act === 'photograph')) ||
      (act === 'apply' && about === 'objection'),
  );
}

function isOurs(c: Case, unit: string | undefined): boolean {
  if (unit === undefined) return false;
  return c.lead?.unit === unit || c.coUnits.includes(unit) || c.tasks.some((task) => task.unit === unit);
}

/** What was said about it: by each voice, or by whoever found it. */
function saidIn(c: Case, facts: readonly Fact[], words: ReadonlyMap<string, string>): string[] {
  const voices = Object.values(c.voices).flatMap((voice) => (voice.words ? [voice.words.id] : []));
  const opened = facts.flatMap((fact) =>
    fact.type === 'opened' && fact.data.words ? [fact.data.words.id] : [],
  );
  return [...new Set([...voices, ...opened])].flatMap((id) => words.get(id) ?? []);
}

/** Since it was last dispatched or reopened; a contact that names nobody was with all. */
function wasContacted(facts: readonly Fact[], number: string): boolean {
  const from = facts.findLastIndex(({ type }) => type === 'dispatched' || type === 'reopened');
  return facts
    .slice(Math.max(0, from))
    .some((fact) => fact.type === 'contacted' && (fact.data.number ?? number) === number);
}

function clocksFor(town: Town, process: Process, c: Case, now: Instant): FieldCase['clocks'] {
  const rights = new Set(process.clocks.filter(({ window }) => window).map(({ name }) => name));
  return clocksOf(process, c, (stage, of, startedAt) => dueIn(town, stage, of, startedAt))
    .flatMap(({ clock, stoppedAt, due }) =>
      stoppedAt === undefined && due ? [{ clock, dueAt: due.dueAt }] : [],
    )
    .filter(({ clock }) => !rights.has(clock))
    .sort((a, b) => a.dueAt - b.dueAt)
    .map(({ clock, dueAt }) => ({
      clock,
      label: clockLabel(process, clock),
      dueAt: isoInstant(dueAt),
      isPast: dueAt <= now,
    }));
}

function taskView(
  process: Process,
  { task, steps = {} }: Task,
  facts: readonly Fact[],
  words: ReadonlyMap<string, string>,
): FieldCase['tasks'][number] {
  const asked = facts.find((fact) => fact.type === 'tasked' && fact.data.task === task);
  const ref = asked && refOf(asked);
  const what = ref && words.get(ref);
  const arrives = (process.taskClocks ?? []).some(
    ({ starts, stops }) => starts === 'arrived' || stops.includes('arrived'),
  );
  return { task, ...(what ? { what } : {}), steps: Object.keys(steps), arrives };
}

function told(town: Town, fact: Fact, words: ReadonlyMap<string, string>): FieldCase['story'][number] {
  const ref = refOf(fact);
  const said = ref && words.get(ref);
  return {
    seq: fact.seq,
    at: isoInstant(fact.occurredAt),
    say: LABELS.facts[fact.type],
    by: town.posts.has(fact.by.post) ? postNamed(town, fact.by.post).name : '',
    ...(said ? { words: said } : {}),
  };
}
