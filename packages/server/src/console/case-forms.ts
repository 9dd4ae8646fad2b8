import { isRefusal, type Refusal } from '@gezhi/basis';
import { isFrom } from '@gezhi/cases';
import type { CaseForms } from '@gezhi/contract';
import { heldCall, mayIn, publicKinds, purposesFor, unitsAbove } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { type CaseView, possibleActions } from '../pages/case/case-view.ts';
import { actSchema } from './act-schema.ts';
import { type StaffVisit, seenCase } from './visit-of-turn.ts';
import { callsUnits } from './whistles.ts';

/** What this post may do now, those that move the case first, each with its form. Guards are asked when it is done. */
export async function getCaseForms(turn: Turn<'getCaseForms'>): Promise<RouteAnswer | Refusal> {
  const seen = await seenCase(turn);
  if (isRefusal(seen)) return seen;
  const { visit, view } = seen;
  const { town, staff, lang, now } = visit;
  const calls = callbacks(visit, view);
  const held = calls.length > 0 ? await heldCall(town, staff.actor, now) : undefined;
  const isHeld = held?.caseId === view.c.caseId;
  const actions = [...(isHeld ? calls : []), ...possibleActions(town, view, staff)];
  const body: CaseForms = {
    forms: actions.map((action) => ({
      action: action.name,
      act: action.act,
      label: action.label[lang],
      moves: action.to !== undefined,
      ...(callsUnits(town, action) ? { room: 'whistles' as const } : {}),
      schema: actSchema({ visit, view, action, ...(isHeld ? { call: held.number } : {}) }),
    })),
    takesCalls: !isHeld && calls.some(({ to }) => to !== undefined),
    purposes: purposesFor(town, view.c, staff.actor)
      .toSorted((a, b) => Number(a.breakGlass ?? false) - Number(b.breakGlass ?? false))
      .map(({ id, name, basis, asksReason }) => ({
        code: id,
        name: name[lang],
        basis,
        asksReason: asksReason === true,
      })),
    mayRelease:
      publicKinds(town).includes(view.c.kind) && mayIn(town, 'release', view.c, staff.actor).allowed,
    approvers: approversOf(visit),
  };
  return { status: 200, body };
}

/** What a seat does with a call that it was given. */
function callbacks({ town, staff }: StaffVisit, { c, process }: CaseView) {
  return Object.values(process.actions).filter(
    (action) =>
      (action.act === 'callBack' || action.act === 'tryCallback') &&
      isFrom(action, c) &&
      Object.values(c.voices).some(({ callback }) => !callback) &&
      mayIn(town, action.power, c, staff.actor).allowed,
  );
}

/** Heads of one's own unit and of those above it; in a unit without any, heads of the whole town. */
function approversOf({ town, staff }: StaffVisit): CaseForms['approvers'] {
  const units = [staff.unit.code, ...unitsAbove(town, staff.unit.code)];
  const heads = [...town.posts.values()].filter(
    ({ kind, code }) => kind === 'head' && code !== staff.actor.post,
  );
  const near = heads.filter(({ unit }) => units.includes(unit));
  return (near.length > 0 ? near : heads).map(({ code, name }) => ({ code, name }));
}
