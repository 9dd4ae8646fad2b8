import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HOUR, isRefusal, type Refusal } from '@gezhi/basis';
import { type Case, type Command, type Decision, decide, isFrom, isOpenPhase } from '@gezhi/cases';
import {
  caseIdOf,
  fact,
  HAPPY,
  inWorld,
  merging,
  numberOf,
  opened,
  ref,
  type Story,
  UNHAPPY,
  unmerging,
  voice,
  worldAt,
} from '@gezhi/cases/testing';
import { readPack } from './index.ts';

const { pack } = await readPack(fileURLToPath(new URL('../../../scenes/hotline', import.meta.url)));
const { process } = pack!;

/** What can make a difference to what is possible next. */
function sameness(c: Case): string {
  const answers = Object.values(c.voices).map((v) => v.callback?.answer);
  return JSON.stringify([
    c.state,
    c.beforeMerge?.state,
    c.kindBecause,
    c.kind === 'unknown',
    c.flags.includes('unclear'),
    c.lead !== undefined,
    answers.length > 0,
    c.owed > 0,
    answers.some((a) => typeof a === 'object' && a.solved === 'no'),
    c.counts.reopenings > 0,
    c.tasks.some((t) => t.doneAt === undefined),
  ]);
}

/** Everything somebody could say in a case: for each act the inputs that lead to different things. */
function inputsOf(c: Case): Readonly<Record<string, readonly Command['input'][]>> {
  const owed = Object.values(c.voices).find((v) => !v.callback)?.number ?? numberOf(1);
  const task = c.tasks.find((t) => t.doneAt === undefined)?.task ?? 't-1';
  const words = ref();
  return {
    join: Object.keys(c.voices).length < 2 ? [{ voice: voice(2), because: [] }] : [],
    setKind: [{ kind: 'lamp.fault' }],
    setPlace: [{ place: { code: 'lane-4', layers: {} } }],
    answer: [{ words }],
    refer: [{ whom: 'court' }],
    decline: [{ reason: 'unlawful', words }],
    dispatch: [{}, { lead: { unit: 'street-office' }, basis: 'duty list' }],
    contact: [{ way: 'phone' }],
    task: c.tasks.length ? [] : [{ task: 't-1', unit: 'power-works' }],
    finishTask: [{ task }],
    finish: [{ outcome: 'solved', words }],
    check: [true, false].map((passed) => ({ passed, unit: 'checkers' })),
    callBack: [
      { number: owed, answer: HAPPY, way: 'phone' },
      { number: owed, answer: UNHAPPY, way: 'phone' },
      { number: owed, unreachable: ['phone'] },
    ],
    triage: [{}],
    accept: [{}],
    close: [{}],
    reopen: [{}],
  };
}

const nobody = { route: () => ({ unclear: true as const, because: [], reads: [] }) };

/** Every case that one command, by whoever may, makes of this one. */
function next(c: Case): readonly Case[] {
  const found: Case[] = [];
  const inputs = inputsOf(c);
  for (const action of Object.values(process.actions)) {
    if (!isFrom(action, c)) continue;
    for (const input of inputs[action.act] ?? []) {
      for (const more of [{}, nobody]) {
        for (const bend of [undefined, { reason: ref(), approver: 'head' }]) {
          const command = {
            commandId: 'c',
            action: action.name,
            by: { post: 'p' },
            input,
            ...(bend ? { bend } : {}),
          };
          const decided: Decision | Refusal = decide(process, c, command, worldAt(c.openedAt + HOUR, more));
          if (!isRefusal(decided)) found.push(decided.after);
        }
      }
    }
  }
  return found;
}

/** A case that was merged, asked about elsewhere, and came home with that answer. */
function awayAndHome(story: Story): readonly Case[] {
  const other = inWorld({ process, caseId: caseIdOf(2) }).given(
    opened({ ...start, voice: voice(9) }),
    fact('triaged', { to: 'triaged', phase: 'triage' }),
  );
  const joined = merging(story, other);
  if (isRefusal(joined)) return [];
  const found = [joined.source.case];
  for (const answer of [HAPPY, UNHAPPY]) {
    const asked = Object.values(story.case.voices).filter((v) => !v.callback);
    const target = joined.target.and(
      ...asked.map(({ number }) => fact('calledBack', { number, answer, way: 'phone' })),
    );
    const home = unmerging(joined.source, target);
    assert.ok(!isRefusal(home), JSON.stringify(home));
    found.push(home.source.case);
  }
  return found;
}

const start = { to: 'received', phase: 'received' as const, process: 'hotline', scene: 'hotline' };

function starts(): readonly Case[] {
  const found: Case[] = [];
  for (const kindBecause of ['stated', 'proposed', 'none'] as const) {
    for (const kind of ['lamp.fault', 'unknown']) {
      for (const v of [voice(1), undefined]) {
        const story = inWorld({ process }).given(opened({ ...start, kind, kindBecause, voice: v }));
        const stated = { to: 'closed', phase: 'closed', how: 'stated' } as const;
        found.push(story.case, story.and(fact('closed', stated)).case);
      }
    }
  }
  return found;
}

/** Every case that can come to be, up to `sameness`, with those that one step makes of it. */
function explore(): ReadonlyMap<string, { readonly case: Case; readonly next: readonly string[] }> {
  const known = new Map<string, { case: Case; next: readonly string[] }>();
  const open: Case[] = [...starts()];
  for (let c = open.pop(); c; c = open.pop()) {
    const key = sameness(c);
    if (known.has(key)) continue;
    const story = inWorld({ process }).given(opened()).after({ facts: [], after: c });
    const after = [...next(c), ...(isOpenPhase(c.phase) ? awayAndHome(story) : [])];
    known.set(key, { case: c, next: after.map(sameness) });
    open.push(...after);
  }
  return known;
}

const known = explore();

test('every state of the hotline is reached by commands', () => {
  const reached = new Set([...known.values()].map(({ case: c }) => c.state));
  assert.deepEqual([...reached].sort(), Object.keys(process.states).sort());
});

test('from wherever a case has come to, it can come to an end of its own', () => {
  const ends = new Set(
    [...known]
      .filter(([, { case: c }]) => !isOpenPhase(c.phase) && c.state !== process.merged)
      .map(([key]) => key),
  );
  for (let grew = true; grew; ) {
    const size = ends.size;
    for (const [key, { next: after }] of known) if (after.some((n) => ends.has(n))) ends.add(key);
    grew = ends.size > size;
  }
  const stuck = [...known.keys()].filter((key) => !ends.has(key) && !key.startsWith(`["${process.merged}"`));
  assert.deepEqual(stuck, []);
});

test('whatever was dispatched has a lead, also when it comes back from elsewhere', () => {
  for (const [key, { case: c }] of known) {
    if (['dispatched', 'underway', 'done', 'check'].includes(c.phase)) assert.ok(c.lead, key);
  }
});

test('whoever was not asked yet when the case has passed its check can be asked', () => {
  for (const [key, { case: c }] of known) {
    if (c.phase === 'check' && c.owed > 0) assert.ok(isFrom(process.actions.callBack!, c), key);
  }
});

test('a case rests where somebody can do something, never where only itself could go on', () => {
  for (const { case: c } of known.values()) {
    if (!isOpenPhase(c.phase)) continue;
    const command: Command = {
      commandId: 'c',
      action: 'note',
      by: { post: 'p' },
      input: { words: ref() },
    };
    const noted = decide(process, c, command, worldAt(c.openedAt + HOUR));
    assert.ok(!isRefusal(noted), sameness(c));
  }
});
