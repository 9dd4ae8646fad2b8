import type { Instant } from '@gezhi/basis';
import type { Opening } from './decide.ts';
import { evolve } from './evolve.ts';
import type { CallbackAnswer, Draft, Lead, Move, Ref } from './fact.ts';
import type { Act, Process } from './process.ts';
import { type Context, type Decision, factOf, Work } from './work.ts';

/** What another system states about a matter that it handled: whom it went to, when it ended. */
export type Stated = {
  readonly lead?: Lead;
  readonly dispatchedAt?: Instant;
  readonly closedAt?: Instant;
  readonly reply?: { readonly words: Ref; readonly at: Instant };
  readonly callback?: { readonly answer: CallbackAnswer; readonly at: Instant };
  readonly source: string;
};

/**
 * The history of an imported case: opened, dispatched, closed, and its reply and callback where the source has them, each as stated. Nothing is decided
 * here that was decided there, and nothing is claimed that was not stated: a case closed elsewhere counts as closed, never as
 * checked or as solved in its requester's eyes.
 */
export function openStated(process: Process, opening: Opening, stated: Stated, context: Context): Decision {
  const { district, caseId, by, cause, openedAt, ...rest } = opening;
  const start = { to: process.initial, phase: process.states[process.initial]!.phase };
  const { scene, pack, id } = process;
  const first = factOf(
    { type: 'opened', data: { scene, pack, process: id, ...rest, ...start } },
    { district, caseId, seq: 1, occurredAt: openedAt, recordedAt: context.now, by, cause },
  );
  let after = evolve(undefined, first);
  const facts = [first];
  const add = (draft: Draft, occurredAt: Instant): void => {
    const work = new Work(after, { by, commandId: cause, occurredAt }, context);
    work.add(draft);
    facts.push(...work.facts);
    after = work.state;
  };
  if (stated.lead) {
    const because = [{ code: 'stated', source: stated.source }];
    const dispatch = {
      lead: stated.lead,
      coUnits: [],
      basis: 'stated',
      because,
      reads: [],
      catalogue: stated.source,
    };
    add(
      { type: 'dispatched', data: { ...moveOf(process, 'dispatch'), ...dispatch } },
      stated.dispatchedAt ?? openedAt,
    );
  }
  if (stated.reply) add({ type: 'noted', data: { words: stated.reply.words } }, stated.reply.at);
  const number = rest.voice?.number;
  if (stated.callback && number) {
    const { answer, at } = stated.callback;
    add({ type: 'calledBack', data: { number, answer, way: 'stated' } }, at);
  }
  if (stated.closedAt !== undefined) {
    add({ type: 'closed', data: { ...moveOf(process, 'close'), how: 'stated' } }, stated.closedAt);
  }
  return { facts, after };
}

function moveOf(process: Process, act: Act): Move {
  const action = Object.values(process.actions).find((a) => a.act === act && typeof a.to === 'string');
  if (!action) throw new Error(`process ${process.id} has no action that is the act "${act}"`);
  const to = action.to as string;
  return { to, phase: process.states[to]!.phase };
}
