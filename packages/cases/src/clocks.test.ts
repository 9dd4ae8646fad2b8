import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, type Instant, MINUTE } from '@gezhi/basis';
import { clocksOf, nextDue, type RunningClock } from './clocks.ts';
import { passDeadlines } from './pass-deadlines.ts';
import {
  caseIdOf,
  doing,
  given,
  HAPPY,
  inWorld,
  merging,
  numberOf,
  opened,
  type Pair,
  ref,
  type Story,
  voice,
} from './testing/door.ts';

const sent = given(opened(), doing('triage'));
const sentAt = sent.now;
const done = sent.and(doing('accept'), doing('finish', { outcome: 'solved', words: ref() }));
const checked = done.and(doing('check', { passed: true, unit: 'checkers' }));

function clock(story: Story, name: string): RunningClock | undefined {
  return clocksOf(story.world.process, story.case, story.context.due).find((c) => c.clock === name);
}

/** Each clock as `started–stopped`, in minutes since the dispatch. */
function table(story: Story): Record<string, string> {
  const minutes = (at: Instant | undefined): string =>
    at === undefined ? '' : String((at - sentAt) / MINUTE);
  return Object.fromEntries(
    clocksOf(story.world.process, story.case, story.context.due).map((c) => [
      c.clock,
      `${minutes(c.startedAt)}–${minutes(c.stoppedAt)}`,
    ]),
  );
}

test('nothing runs before somebody is responsible', () => {
  assert.deepEqual(table(given(opened())), {});
});

test('each clock runs from its start to its stop', () => {
  assert.deepEqual(table(sent), { accept: '0–', contact: '0–', handle: '0–' });
  assert.deepEqual(table(done), { accept: '0–1', contact: '0–2', handle: '0–2', check: '2–' });
  assert.deepEqual(table(checked), {
    accept: '0–1',
    contact: '0–2',
    handle: '0–2',
    check: '2–3',
    callback: '3–',
  });
});

test('the first contact stops the clock, a second one does not start it again or move its end', () => {
  const once = sent.and(doing('accept'), doing('contact', { way: 'phone' }));
  const twice = once.later(5 * HOUR).and(doing('contact', { way: 'visit' }));
  assert.equal(clock(once, 'contact')?.stoppedAt, clock(twice, 'contact')?.stoppedAt);
});

test('the callback clock runs until everybody was asked', () => {
  const two = sent.and(
    doing('join', { voice: voice(2), because: [] }),
    doing('accept'),
    doing('finish', { outcome: 'solved', words: ref() }),
    doing('check', { passed: true, unit: 'checkers' }),
    doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }),
  );
  assert.equal(clock(two, 'callback')?.stoppedAt, undefined);
  const all = two.and(doing('callBack', { number: numberOf(2), unreachable: ['phone'] }));
  assert.equal(clock(all, 'callback')?.stoppedAt, all.now);
});

test('nobody has to be contacted or called back in what staff found themselves', () => {
  const found = given(opened({ voice: undefined }), doing('triage'));
  assert.deepEqual(Object.keys(table(found)), ['accept', 'handle']);
});

test('a failed check takes the done back: the handling clock runs on from where it started', () => {
  const failed = done.and(doing('check', { passed: false, unit: 'checkers' }));
  assert.deepEqual(table(failed), { accept: '0–1', contact: '0–', handle: '0–' });
  const again = failed.and(doing('finish', { outcome: 'solved', words: ref() }));
  assert.deepEqual(table(again), { accept: '0–1', contact: '0–4', handle: '0–4', check: '4–' });
});

test('a reopening starts the clocks of the work anew, though the dispatch is older', () => {
  const closed = checked.and(doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }));
  const again = closed.later(100 * HOUR).and(doing('reopen', {}));
  const { handle, accept, contact } = table(again);
  const started = `${(again.now - sentAt) / MINUTE}–`;
  assert.deepEqual([handle, accept, contact], [started, started, started]);
  assert.equal(nextDue(again.world.process, again.case, again.context.due)?.dueAt, again.now + HOUR);
});

test('what was told late is counted in the order of the facts', () => {
  const backdated = sent.and(doing('accept', {}, { occurredAt: sentAt - HOUR }));
  assert.deepEqual(clock(backdated, 'accept')?.stoppedAt, sentAt, 'stopped at once, never before it started');
});

test('every clock of a case that has ended stands still', () => {
  const answered = given(opened(), doing('answer', { words: ref() }));
  const closed = checked.and(doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }));
  const { source: merged } = merging(
    sent,
    inWorld({ caseId: caseIdOf(2) }).given(opened({ voice: voice(2) })),
  ) as Pair;
  for (const story of [answered, closed, merged]) {
    for (const c of clocksOf(story.world.process, story.case, story.context.due)) {
      assert.ok(c.stoppedAt !== undefined && c.stoppedAt >= c.startedAt, c.clock);
    }
    assert.equal(nextDue(story.world.process, story.case, story.context.due), undefined);
  }
  assert.equal(clock(merged, 'handle')?.stoppedAt, merged.now, 'a merged case ended when it was merged');
});

const city = (number: string, dueAt?: Instant): ReturnType<typeof doing> =>
  doing('link', { system: 'city', number, ...(dueAt === undefined ? {} : { dueAt }) }, { after: 0 });

test('an upper system’s term binds where it is earlier than ours, and is named', () => {
  const handle = (story: Story): RunningClock | undefined => clock(story, 'handle');
  assert.equal(handle(sent.and(city('C-1', sentAt + 2 * HOUR)))?.boundBy, undefined);
  assert.equal(handle(sent.and(city('C-1')))?.due?.dueAt, sentAt + HOUR);
  const bound = handle(sent.and(city('C-1', sentAt + 30 * MINUTE), city('C-2', sentAt + 20 * MINUTE)));
  assert.equal(bound?.due?.dueAt, sentAt + 20 * MINUTE);
  assert.equal(bound?.boundBy, 'city C-2');
  assert.equal(clock(sent.and(city('C-1', sentAt + MINUTE)), 'accept')?.boundBy, undefined);
});

test('an upper term stands where we have none, and stays behind when the case is reopened after it', () => {
  const noTerm = sent.where({ context: { due: () => undefined } });
  assert.equal(clock(noTerm, 'handle')?.due, undefined);
  assert.equal(clock(noTerm.and(city('C-1', sentAt + 9 * HOUR)), 'handle')?.due?.dueAt, sentAt + 9 * HOUR);
  const linked = checked.and(city('C-1', sentAt + 30 * MINUTE));
  const reopened = linked
    .and(doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }))
    .later(5 * HOUR)
    .and(doing('reopen', {}));
  assert.equal(clock(reopened, 'handle')?.boundBy, undefined);
});

function pass(story: Story): { after: Story; said: readonly string[] } {
  const decision = passDeadlines(story.world.process, story.case, story.context);
  return {
    after: story.after(decision),
    said: decision.facts.map((f) => (f.type === 'deadlinePassed' ? f.data.clock : f.type)),
  };
}

test('a deadline that passed is said once, in order, dated when it passed', () => {
  const early = pass(sent.later(59 * MINUTE));
  assert.deepEqual(early.said, []);
  const late = pass(sent.later(61 * MINUTE));
  assert.deepEqual(late.said, ['accept', 'contact', 'handle']);
  assert.deepEqual(late.after.case.flags, ['late']);
  assert.equal(late.after.facts.at(-1)?.occurredAt, sentAt + HOUR);
  assert.deepEqual(pass(late.after).said, []);
  assert.deepEqual(pass(late.after.later(999 * HOUR)).said, []);
  assert.equal(nextDue(sent.world.process, late.after.case, late.after.context.due), undefined);
});

test('a clock that was stopped too late passed all the same; one stopped in time never does', () => {
  const late = sent.later(61 * MINUTE).and(doing('accept'));
  assert.deepEqual(pass(late).said, ['accept', 'contact', 'handle']);
  const inTime = sent.and(doing('accept')).later(61 * MINUTE);
  assert.deepEqual(pass(inTime).said, ['contact', 'handle']);
});

test('a reopened case can be late again, and that is said again', () => {
  const first = pass(sent.later(61 * MINUTE)).after.and(
    doing('accept'),
    doing('finish', { outcome: 'solved', words: ref() }),
    doing('check', { passed: true, unit: 'checkers' }),
    doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }),
    doing('reopen', {}),
  );
  assert.deepEqual(pass(first).said, []);
  assert.deepEqual(pass(first.later(2 * HOUR)).said, ['accept', 'contact', 'handle']);
});
