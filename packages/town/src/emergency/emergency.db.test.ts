import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, isRefusal, type Refusal } from '@gezhi/basis';
import { type Case, replay } from '@gezhi/cases';
import { type EmergencyRow, listCases, listEmergencies, loadFacts } from '@gezhi/storage';
import { act } from '../act.ts';
import { readContact } from '../contacts/read-contact.ts';
import { NAME, NOW, report, sealedTown, takeAll } from '../contacts/testing.ts';
import { heldBy } from '../powers/held-by.ts';
import { maySee } from '../powers/sight.ts';
import type { Town } from '../town.ts';
import { type Declaration, declareEmergency, endEmergency, reviewEmergency } from './declare-emergency.ts';
import { endDue, purgeDue } from './mind-emergencies.ts';

// The reports of `report` lie in this community of a county of the made-up town.
const COMMUNITY = '990101001004';
const MAYOR = { post: '990101-ZF-head1', person: 'Q1' };
const ORDER: Declaration = {
  id: 'flood-1',
  level: 2,
  area: COMMUNITY,
  basis: '《突发事件应对法》；示例防汛预案第4条',
  reason: '河水上涨，堤防渗漏',
  endsAt: NOW + 3 * DAY,
};

async function flooded(t: Parameters<typeof sealedTown>[0]) {
  const clock = { now: NOW };
  const sealed = await sealedTown(t, () => clock.now);
  return { ...sealed, clock };
}

function made(done: EmergencyRow | Refusal): EmergencyRow {
  assert.ok(!isRefusal(done), JSON.stringify(done));
  return done;
}

const codeOf = (done: unknown): string => (isRefusal(done) ? done.code : 'done');

async function caseOf(town: Town, caseId: string): Promise<Case> {
  return replay((await loadFacts(town.db.pool, town.district, [caseId as never])).get(caseId as never)!)!;
}

async function eventsOf(town: Town): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await town.db.pool.query<{ body: Record<string, unknown> }>(
    `SELECT body FROM ledger_event WHERE district = $1 AND kind = 'emergency' ORDER BY event`,
    [town.district],
  );
  return rows.map(({ body }) => body);
}

test('only the head of the district government declares one, inside its own district, with basis, reason and an end within 30 days', async (t) => {
  const { town } = await flooded(t);
  const declare = (over: Partial<Declaration>, by: { post: string; person?: string } = MAYOR) =>
    declareEmergency(town, { ...ORDER, ...over }, by, NOW);
  const wrong: readonly [string, Promise<unknown>][] = [
    ['no-power', declare({}, { post: '990000-ZF-head1', person: 'Q2' })],
    ['no-power', declare({}, { post: '990101-ZF-desk1', person: 'Q2' })],
    ['no-power', declare({}, { post: '990121-ZF-head1', person: 'Q2' })],
    ['no-power', declare({ area: '990121' })],
    ['no-power', declare({ area: '990000' })],
    ['person-needed', declare({}, { post: MAYOR.post })],
    ['no-such-place', declare({ area: 'nowhere' })],
    ['missing-field', declare({ basis: ' ' })],
    ['missing-field', declare({ reason: '' })],
    ['missing-field', declare({ level: 5 })],
    ['emergency-end', declare({ endsAt: NOW })],
    ['emergency-end', declare({ endsAt: NOW + 30 * DAY + 1 })],
    ['emergency-end', declare({ endsAt: Number.POSITIVE_INFINITY })],
    ['emergency-end', declare({ endsAt: Number.NaN })],
    ['no-such-emergency', declare({ renews: 7 })],
  ];
  for (const [code, done] of wrong) assert.equal(codeOf(await done), code);
  assert.deepEqual(await listEmergencies(town.db.pool, town.district), []);
  const one = made(await declare({ endsAt: NOW + 30 * DAY }));
  assert.equal(made(await declare({ endsAt: NOW + 30 * DAY })).number, one.number, 'sent twice');
  assert.equal(codeOf(await declare({ id: 'flood-2' })), 'emergency-in-force');
});

test('the database itself takes none without an end within thirty days', async (t) => {
  const { town, db } = await flooded(t);
  const { number } = made(await declareEmergency(town, ORDER, MAYOR, NOW));
  const wrong = [
    `INSERT INTO emergency SELECT district, 9, 'x', level, layer, area, basis, reason, declared_at, declared_post, declared_staff, starts_at,
       NULL, NULL, NULL, NULL, NULL, NULL, purge_at FROM emergency`,
    `INSERT INTO emergency SELECT district, 9, 'x', level, layer, area, basis, reason, declared_at, declared_post, declared_staff, starts_at,
       starts_at + interval '31 days', NULL, NULL, NULL, NULL, NULL, purge_at FROM emergency`,
  ];
  for (const text of wrong) await assert.rejects(db.pool.query(text), /null value|emergency_ends/);
  await assert.rejects(
    db.pool.query('UPDATE emergency SET purge_at = ends_at + $1::interval', ['31 days']),
    /emergency_purge/,
  );
  assert.equal(number, 1);
});

test('rows “during: emergency” hold while one is in force where the matter lies, in lists as one by one, and no longer', async (t) => {
  const { town, clock } = await flooded(t);
  const [inside, outside] = await takeAll(town, [
    report('1'),
    report('2', { statedPlaces: { division: '990121201204' }, point: undefined as never }),
  ]);
  const seen = async (): Promise<readonly string[]> => {
    const listed = await listCases(town.db.pool, town.district, { held: heldBy(town, MAYOR, 'see') }, 10);
    for (const { caseId } of [inside!, outside!]) {
      const allowed = maySee(town, await caseOf(town, caseId), MAYOR);
      assert.equal(
        listed.some((row) => row.case_id === caseId),
        allowed,
      );
    }
    return listed.map((row) => row.case_id);
  };
  assert.deepEqual(await seen(), []);
  made(await declareEmergency(town, ORDER, MAYOR, NOW));
  assert.deepEqual(await seen(), [inside!.caseId]);
  clock.now = ORDER.endsAt - 1;
  assert.deepEqual(await seen(), [inside!.caseId]);
  clock.now = ORDER.endsAt;
  assert.deepEqual(await seen(), [], 'over by the clock, before anybody noted it');
  assert.equal(await endDue(town, clock.now), 1);
  assert.equal(await endDue(town, clock.now), 0);
  const [row] = await listEmergencies(town.db.pool, town.district);
  assert.deepEqual([row!.endedAt, row!.endedPost], [ORDER.endsAt, null]);
});

test('it is ended early, followed on with another reason, reviewed once; each act is a leaf without words', async (t) => {
  const { town, clock } = await flooded(t);
  const one = made(await declareEmergency(town, ORDER, MAYOR, NOW));
  const next = { ...ORDER, id: 'flood-2', renews: one.number, endsAt: ORDER.endsAt + 5 * DAY };
  assert.equal(codeOf(await declareEmergency(town, next, MAYOR, NOW + HOUR)), 'same-reason');
  const two = made(await declareEmergency(town, { ...next, reason: '水位仍高' }, MAYOR, NOW + HOUR));
  assert.deepEqual([two.startsAt, two.renews], [ORDER.endsAt, one.number]);
  const review = (number: number) =>
    reviewEmergency(town, { number, review: '应提前两小时转移' }, MAYOR, clock.now);
  assert.equal(codeOf(await review(one.number)), 'emergency-not-over');
  clock.now = ORDER.endsAt + DAY;
  await endDue(town, clock.now);
  const end = (by: typeof MAYOR) => endEmergency(town, { number: two.number, reason: '水退' }, by, clock.now);
  assert.equal(codeOf(await end({ ...MAYOR, post: '990121-ZF-head1' })), 'no-power');
  const ended = made(await end(MAYOR));
  assert.deepEqual([ended.endedAt, ended.endedPost], [clock.now, MAYOR.post]);
  assert.equal(ended.purgeAt, clock.now + 30 * DAY, 'the purge comes forward with the end');
  assert.equal(codeOf(await end(MAYOR)), 'emergency-over');
  assert.equal(made(await review(two.number)).review, '应提前两小时转移');
  assert.equal(codeOf(await review(two.number)), 'emergency-not-over');
  assert.deepEqual(town.emergencies.inForce(), []);
  const events = await eventsOf(town);
  assert.deepEqual(
    events.map(({ act, number }) => `${act} ${number}`),
    ['declare 1', 'declare 2', 'end 1', 'end 2', 'review 2'],
  );
  assert.doesNotMatch(JSON.stringify(events), /河水|水位|水退|转移/);
});

test('contacts are reached for it only while and where it is in force; a term after its end who is behind them is erased, and that is on record', async (t) => {
  const { town, clock, db } = await flooded(t);
  const [open, closed] = await takeAll(town, [report('1'), report('2', { kind: 'staff.complaint' })]);
  const look = (number: string, reason = '转移安置', by = MAYOR) =>
    readContact(town, { number: number as never, purpose: 'emergency', by, reason }, clock.now);
  const seat = [...town.posts.values()].find((post) => post.kind === 'seat')!.code;
  assert.equal(codeOf(await look(open!.number!)), 'no-such-request');
  made(await declareEmergency(town, ORDER, MAYOR, NOW));
  assert.equal(codeOf(await look(open!.number!, ' ')), 'reason-missing');
  assert.equal(codeOf(await look(open!.number!, 'x', { post: seat, person: 'Q3' })), 'not-yours');
  for (const { number } of [open!, closed!]) {
    const read = await look(number!);
    assert.ok(!isRefusal(read) && read.requester?.name === NAME, JSON.stringify(read));
  }
  const answered = { commandId: 'a', caseId: closed!.caseId as never, action: 'answer' };
  assert.equal(
    codeOf(await act(town, { ...answered, by: { post: seat }, input: { words: '已说明' } }, NOW + 1)),
    'done',
  );
  clock.now = ORDER.endsAt;
  assert.equal(codeOf(await look(open!.number!)), 'no-such-request', 'nor is it seen any more');
  await endDue(town, clock.now);
  const kept = async (): Promise<readonly string[]> => {
    const { rows } = await db.pool.query<{ person: string }>(
      'SELECT person FROM vault_person WHERE sealed_key IS NOT NULL ORDER BY person',
    );
    return rows.map(({ person }) => person.split('/')[0]!);
  };
  clock.now = ORDER.endsAt + 30 * DAY - 1;
  assert.equal(await purgeDue(town, clock.now), 0);
  assert.equal((await kept()).length, 2);
  clock.now += 1;
  assert.equal(await purgeDue(town, clock.now), 1);
  assert.deepEqual(await kept(), [open!.number], 'an open matter is still handled, and waits for its end');
  assert.deepEqual(
    (await listEmergencies(db.pool, town.district)).map(({ purged, purgedAt }) => [purged, purgedAt]),
    [[1, null]],
  );
  await db.pool.query('UPDATE case_now SET is_open = false WHERE case_id = $1', [open!.caseId]);
  assert.equal(await purgeDue(town, clock.now), 1);
  assert.deepEqual(await kept(), []);
  const [row] = await listEmergencies(db.pool, town.district);
  assert.deepEqual([row!.purged, row!.purgedAt], [2, clock.now]);
  const { rows } = await db.pool.query<{ body: { cause: string } }>(
    `SELECT body FROM ledger_event WHERE kind = 'erasure' ORDER BY event`,
  );
  assert.deepEqual(
    rows.map(({ body }) => body.cause),
    ['emergency', 'emergency'],
  );
  assert.deepEqual((await eventsOf(town)).at(-1), { number: 1, act: 'purge', requests: 2 });
  assert.equal(await purgeDue(town, clock.now), 0, 'once');
});
