import { type Instant, isoInstant, isRefusal, type Refusal } from '@gezhi/basis';
import { type Action, clocksOf, isFrom, type Task } from '@gezhi/cases';
import type { WhistleBoard } from '@gezhi/contract';
import { listCases } from '@gezhi/storage';
import {
  contextOf,
  heldBy,
  mayIn,
  proposeUnits,
  type Town,
  taskForceOf,
  whistleBands,
  whistleKinds,
  whistleMarks,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { type CaseView, mayRead } from '../pages/case/case-view.ts';
import { placeName, unitName } from '../pages/kit/say.ts';
import { ratedUnits } from './act-schema.ts';
import { queueRows } from './read-queue.ts';
import { type StaffVisit, seenCase, visitOfTurn } from './visit-of-turn.ts';

const LISTED_MAX = 200;

/** Whistles that this post sees, with the bands of streets and what units gave each other. */
export async function listWhistles(turn: Turn<'listWhistles'>): Promise<RouteAnswer | Refusal> {
  const visit = visitOfTurn(turn as never);
  if (isRefusal(visit)) return visit;
  const { town, now, staff } = visit;
  const filter = {
    kinds: whistleKinds(town),
    isOpen: turn.query.ended !== 'true',
    held: heldBy(town, staff.actor, 'see'),
  };
  const [found, bands, marks] = await Promise.all([
    listCases(town.db.pool, town.district, filter, LISTED_MAX),
    whistleBands(town, now),
    whistleMarks(town, now),
  ]);
  const body = {
    rows: await queueRows(visit, found),
    bands: bands.map(({ street, band }) => ({
      street: placeName(street, visit),
      count: band.count,
      of: band.exposure,
      rate: band.rate,
      interval: band.interval,
      says: visit.w.whistle.says[band.says ?? 'unknown'],
    })),
    marks: marks.map(({ unit, dimension, average, n }) => ({
      unit: { code: unit, name: unitName(unit, visit) },
      dimension,
      average,
      n,
    })),
  };
  return { status: 200, body };
}

/** Of a whistle, who was called and who came; of another matter, what a whistle for it would need, where this post may draft one. */
export async function getWhistle(turn: Turn<'getWhistle'>): Promise<RouteAnswer | Refusal> {
  const seen = await seenCase(turn);
  if (isRefusal(seen)) return seen;
  const { visit, view } = seen;
  const isWhistle = whistleKinds(visit.town).includes(view.c.kind);
  const body: WhistleBoard = isWhistle ? { board: boardOf(visit, view) } : draftOf(visit, view);
  return { status: 200, body };
}

/** What can be called: offices and what works for them, never communities. */
const OFFICES: ReadonlySet<string> = new Set([
  'department',
  'police',
  'centre',
  'utility',
  'propertyFirm',
  'contractor',
]);

/** Whether an action makes a whistle, which is drafted in its own room. */
export function callsUnits(town: Town, { act, kinds = [] }: Action): boolean {
  return act === 'split' && kinds.some((kind) => town.kinds.get(kind)?.raises === 'whistled');
}

function draftOf(visit: StaffVisit, { c, process }: CaseView): WhistleBoard {
  const { town, staff, now } = visit;
  const action = Object.values(process.actions).find(
    (one) => callsUnits(town, one) && isFrom(one, c) && mayIn(town, one.power, c, staff.actor).allowed,
  );
  if (!action) return {};
  const proposed = proposeUnits(town, c, staff.unit.code, now).map(({ unit, grounds }) => ({
    code: unit,
    name: unitName(unit, visit),
    grounds: grounds.map(({ role, kind, basis }) => ({ role: visit.w.whistle.roles[role], kind, basis })),
  }));
  const named = new Set([staff.unit.code, ...proposed.map(({ code }) => code)]);
  const others = [...town.units.values()].filter(({ code, kind }) => OFFICES.has(kind) && !named.has(code));
  return {
    draft: {
      action: action.name,
      kinds: (action.kinds ?? []).flatMap((code) => {
        const kind = town.kinds.get(code);
        return kind ? [{ code, label: kind.name }] : [];
      }),
      proposed,
      others: others.map(({ code, name }) => ({ code, name })),
    },
  };
}

function boardOf(visit: StaffVisit, view: CaseView): NonNullable<WhistleBoard['board']> {
  const { town, w } = visit;
  const { c } = view;
  const { secretary, members } = taskForceOf(town, c);
  const postName = (code: string | undefined): string => town.posts.get(code ?? '')?.name ?? w.nobody;
  const own = visit.staff.unit.code;
  const rated = new Set((c.ratings ?? []).filter(({ by }) => by === own).map(({ of }) => of));
  const toRate = ratedUnits({ visit, view }).filter((unit) => !rated.has(unit));
  return {
    units: c.tasks.map((task) => unitOnBoard(visit, view, task)),
    force: {
      secretary: postName(secretary),
      members: members.map(({ unit, post }) => ({ unit: unitName(unit, visit), post: postName(post) })),
    },
    toRate: toRate.map((code) => ({ code, name: unitName(code, visit) })),
    ratings: (c.ratings ?? []).map(({ by, of, marks }) => ({
      by: unitName(by, visit),
      of: unitName(of, visit),
      marks: { ...marks },
    })),
  };
}

type OnBoard = NonNullable<WhistleBoard['board']>['units'][number];

function unitOnBoard(visit: StaffVisit, view: CaseView, task: Task): OnBoard {
  const { steps = {}, doneAt, unit } = task;
  const reads = mayRead(visit.town, view, visit.staff);
  const said = (id: string | undefined): string | undefined =>
    id !== undefined && reads ? view.said.get(id) : undefined;
  const stepped = view.facts.filter((f) => f.type === 'taskStepped').filter((f) => f.data.task === task.task);
  const way = stepped.find((f) => f.data.step === 'arrived')?.data.way;
  const asked = view.facts.find((f) => f.type === 'tasked' && f.data.task === task.task);
  const what = asked?.type === 'tasked' ? said(asked.data.what?.id) : undefined;
  const refused =
    steps.refused === undefined
      ? undefined
      : (said(stepped.find((f) => f.data.step === 'refused')?.data.words?.id) ?? '');
  const at = (clock: string, moment: Instant | undefined) =>
    reachedAt(visit, view, `${clock}/${task.task}`, moment);
  return {
    task: task.task,
    unit: { code: unit, name: unitName(unit, visit) },
    ...(what === undefined ? {} : { asked: what }),
    signed: at('sign', steps.signed),
    contacted: at('contact', steps.contacted),
    arrived: at('contact', steps.arrived),
    delivered: at('deliver', doneAt),
    ...(way ? { way: visit.w.whistle[way] } : {}),
    ...(refused === undefined ? {} : { refused }),
  };
}

/** When a step was taken; else how long is left for it, where its clock runs. */
function reachedAt(
  visit: StaffVisit,
  { c, process }: CaseView,
  clock: string,
  at: Instant | undefined,
): OnBoard['signed'] {
  if (at !== undefined) return { at: isoInstant(at), isLate: false };
  const running = clocksOf(process, c, contextOf(visit.town, visit.now).due).find(
    (one) => one.clock === clock,
  );
  if (!running?.due || running.stoppedAt !== undefined) return { isLate: false };
  const leftMs = running.due.dueAt - visit.now;
  return { leftMs, isLate: leftMs <= 0 };
}
