import { isRefusal, type Refusal } from '@gezhi/basis';
import { findMove, moveOf, refuseConcerned, some } from './act-tools.ts';
import type { ActInput } from './command.ts';
import type { Due, Lead } from './fact.ts';
import type { Action, Process } from './process.ts';
import { sayNo } from './refusals.ts';
import type { Route, Work } from './work.ts';

/**
 * Sends the case to its lead. Nobody clear is said as a fact and the case stays where it is, in the triage queue. Each voice is
 * promised a moment once; a later dispatch moves the unit's clock, never the promise.
 */
export function dispatch(
  work: Work,
  input: ActInput['dispatch'],
  process: Process,
  action: Action,
): Refusal | undefined {
  const route = input.lead ? byHand(input.lead, input) : work.context.route(work.state);
  if (isRefusal(route)) return route;
  if (route.unclear) {
    work.add({ type: 'routeUnclear', data: { because: route.because, reads: route.reads } });
    return undefined;
  }
  const { lead, coUnits, cc, basis, because, reads, catalogue } = route;
  if (!input.lead && wasUpheld(work, lead.unit)) {
    const data = { because: [...route.because, { code: 'objection-upheld', unit: lead.unit }], reads };
    return void work.add({ type: 'routeUnclear', data });
  }
  const concerned = refuseConcerned(work, [lead.unit, ...coUnits]);
  if (concerned) return input.lead ? concerned : unclearFor(work, route, concerned);
  work.add({
    type: 'dispatched',
    data: {
      lead,
      coUnits,
      ...(cc?.length ? { cc } : {}),
      basis,
      because,
      reads,
      catalogue,
      ...moveOf(work, process, action),
    },
  });
  promiseAll(work);
  return undefined;
}

/** Whether it was ruled already that the matter is not this unit's: the catalogue does not send it there again, a person decides. */
function wasUpheld({ state }: Work, unit: string): boolean {
  return (state.applications ?? []).some(
    (a) => a.about === 'objection' && a.unit === unit && a.ruled?.granted,
  );
}

/** Whom the catalogue names may be the one complained of: then a person decides whose the matter is. */
function unclearFor(work: Work, route: Route, concerned: Refusal): undefined {
  const because = [...route.because, { code: 'concerned', ...concerned.details }];
  work.add({ type: 'routeUnclear', data: { because, reads: [...route.reads, 'against'] } });
}

function byHand({ unit, post }: Lead, input: ActInput['dispatch']): Route | Refusal {
  if (!input.basis)
    return sayNo('no-basis', 'A dispatch by hand names the law or list that gives the unit its duty.');
  return {
    lead: { unit, ...some({ post }) },
    coUnits: input.coUnits ?? [],
    basis: input.basis,
    because: [{ code: 'by-hand' }],
    reads: ['person'],
    catalogue: 'by-hand',
  };
}

/** Promises a moment to each voice that was promised none, where the case has a lead. */
export function promiseAll(work: Work): void {
  for (const number of Object.keys(work.state.voices)) promise(work, number);
}

/**
 * The end of the handling term that runs; for a voice that comes when it has ended already, the end of a fresh one: nobody is promised
 * a moment that is past.
 */
export function promise(work: Work, number: string): void {
  const { state, context } = work;
  if (state.voices[number]!.promised || !state.lead) return;
  const from = state.turns.findLast(({ type }) => type === 'dispatched' || type === 'reopened');
  const running = from && context.due('handle', state, from.at);
  const due = running && running.dueAt > context.now ? running : context.due('handle', state, context.now);
  if (due) work.add({ type: 'promised', data: { number, due } });
}

/** The end of the longer term that was granted is what each voice is promised from now on; the act that granted it says why. */
export function renewPromises(work: Work, due: Due): void {
  for (const number of Object.keys(work.state.voices)) work.add({ type: 'promised', data: { number, due } });
}

/** Sends a matter where a ruling says that it belongs, by the process's own way of dispatching. */
export function dispatchTo(
  work: Work,
  lead: Lead,
  input: Pick<ActInput['rule'], 'basis'>,
  process: Process,
  ruling: string,
): Refusal | undefined {
  if (lead.unit === work.state.lead?.unit)
    return sayNo('no-change', `"${lead.unit}" leads the matter already.`, { unit: lead.unit });
  const action = Object.values(process.actions).find((a) => a.act === 'dispatch');
  const move = action && findMove(process, action, '');
  const route = byHand(lead, input);
  if (isRefusal(route)) return route;
  const concerned = refuseConcerned(work, [lead.unit]);
  if (concerned) return concerned;
  if (route.unclear || !move) return undefined;
  const { coUnits, basis } = route;
  const because = [{ code: 'ruling', ruling }];
  const data = { lead: route.lead, coUnits, basis, because, reads: ['ruling'], catalogue: ruling, ...move };
  work.add({ type: 'dispatched', data });
  promiseAll(work);
  return undefined;
}
