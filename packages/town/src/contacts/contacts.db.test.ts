import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DAY, HOUR, isRefusal, type RequestNumber } from '@gezhi/basis';
import { type Case, replay } from '@gezhi/cases';
import { countPutOff, type Db, loadFacts, looksAt } from '@gezhi/storage';
import { act } from '../act.ts';
import type { Town } from '../town.ts';
import { allowLook, askToLook } from './break-glass.ts';
import { reachedOf } from './contact-fields.ts';
import { eraseContact } from './erase-contact.ts';
import { handToAuthority } from './hand-to-authority.ts';
import { moveContacts } from './move-contacts.ts';
import { openMattersOf } from './open-matters.ts';
import { ownData } from './own-data.ts';
import { alarmsOf } from './raise-alarm.ts';
import { type ContactOrder, readContact, readContacts } from './read-contact.ts';
import { applyRetention, retentionPlan } from './retention.ts';
import { NAME, NOW, PHONE, report, sealedTown, takeAll } from './testing.ts';

/** Every row of every table as text, bytes too. */
async function everyCell(db: Db): Promise<string> {
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
     AND NOT relispartition`,
  );
  const cells: string[] = [];
  for (const { name } of tables) {
    const { rows } = await db.pool.query<{ row: string }>(`SELECT to_json(t)::text AS row FROM ${name} t`);
    cells.push(...rows.map(({ row }) => row));
  }
  return cells.join('\n');
}

async function caseOf(town: Town, caseId: string): Promise<Case> {
  return replay((await loadFacts(town.db.pool, town.district, [caseId as never])).get(caseId as never)!)!;
}

async function codeOf(town: Town, order: ContactOrder, now = NOW + 1): Promise<string> {
  const read = await readContact(town, order, now);
  return isRefusal(read) ? read.code : (read.requester?.name ?? 'nobody');
}

const postOf = (town: Town, kind: string, unitKind?: string): string =>
  [...town.posts.values()].find(
    (post) => post.kind === kind && (!unitKind || town.units.get(post.unit)?.kind === unitKind),
  )!.code;

test('after intake no name, no number and no words lie in clear anywhere, by one statement or by COPY', async (t) => {
  const { town, db } = await sealedTown(t);
  const many = Array.from({ length: 600 }, (_, i) => report(`many${i}`));
  for (const signals of [[report('1')], many]) await takeAll(town, signals);
  const all = await everyCell(db);
  for (const clear of [NAME, PHONE, '银杏大道第 1 盏路灯不亮', '银杏大道第 many599 盏路灯不亮']) {
    assert.ok(!all.includes(clear), clear);
    assert.ok(!all.includes(Buffer.from(clear).toString('hex')), clear);
  }
  const { rows } = await db.pool.query<{ n: number }>('SELECT count(*) AS n FROM vault_person');
  assert.equal(rows[0]!.n, 601);
});

test('who handles a case sees the contact while it is theirs, and everybody else is refused; each look is a row and an event', async (t) => {
  const { town, db } = await sealedTown(t);
  const [made] = await takeAll(town, [report('1')]);
  const { number, caseId } = made!;
  const lead = (await caseOf(town, caseId)).lead!;
  const other = [...town.posts.values()].find(
    ({ kind, unit }) => kind === 'desk' && unit !== lead.unit && town.units.get(unit)?.kind === 'department',
  )!;
  const by = { post: lead.post!, person: 'S1' };
  assert.equal(await codeOf(town, { number, purpose: 'handle', by }), NAME);
  assert.equal(await codeOf(town, { number, purpose: 'handle', by: { post: other.code } }), 'not-yours');
  assert.equal(await codeOf(town, { number, purpose: 'curiosity', by }), 'no-purpose');
  assert.equal(await codeOf(town, { number, purpose: 'notify', by }), 'not-yours');
  assert.equal(await codeOf(town, { number, purpose: 'callback', by: { post: postOf(town, 'seat') } }), NAME);
  const looks = await looksAt(db.pool, town.district, number, NOW + DAY);
  assert.deepEqual(
    looks.map(({ purpose, unit, staff, fields }) => [purpose, unit, staff, fields]),
    [
      ['callback', town.posts.get(postOf(town, 'seat'))!.unit, null, ['name', 'reach']],
      ['handle', lead.unit, 'S1', ['name', 'reach']],
    ],
  );
  const { rows } = await db.pool.query<{ body: object }>(`SELECT body FROM ledger_event WHERE kind = 'look'`);
  assert.equal(rows.length, 2);
  assert.ok(!JSON.stringify(rows).includes(NAME));
  const own = await ownData(town, number, NOW + 2);
  assert.ok(!isRefusal(own) && own.contact.requester?.name === NAME && own.looks.length === 3);
});

test('after the case has ended nobody who handled it sees the contact any more', async (t) => {
  const { town } = await sealedTown(t);
  const [made] = await takeAll(town, [report('1', { kind: 'staff.complaint' })]);
  const seat = postOf(town, 'seat');
  const order = { number: made!.number, purpose: 'answer', by: { post: seat } };
  assert.equal(await codeOf(town, order), NAME);
  const done = await act(
    town,
    {
      commandId: 'a',
      caseId: made!.caseId as never,
      action: 'answer',
      by: { post: seat },
      input: { words: '已说明' },
    },
    NOW + 1,
  );
  assert.ok(!isRefusal(done), JSON.stringify(done));
  assert.equal(await codeOf(town, order), 'case-ended');
});

/** Who does not even see the case learns nothing of it. */
const HIDDEN: readonly string[] = ['concerned', 'no-such-request'];

test('who complained stays hidden from the unit that the matter is about and from those below it, in an emergency too', async (t) => {
  const { town } = await sealedTown(t);
  const [made] = await takeAll(town, [report('1', { kind: 'staff.complaint' })]);
  const { number, caseId } = made!;
  const below = [...town.posts.values()].find(({ unit }) => town.units.get(unit)?.parent !== undefined)!;
  const above = town.units.get(below.unit)!.parent!;
  const named = await act(
    town,
    {
      commandId: 'c',
      caseId: caseId as never,
      action: 'concern',
      by: { post: postOf(town, 'seat') },
      input: { units: [above] },
    },
    NOW + 1,
  );
  assert.ok(!isRefusal(named), JSON.stringify(named));
  for (const { code: post } of [...town.posts.values()].filter(({ unit }) =>
    [above, below.unit].includes(unit),
  )) {
    const by = { post, person: 'S1' };
    for (const purpose of ['handle', 'answer', 'callback', 'breakGlass'])
      assert.ok(HIDDEN.includes(await codeOf(town, { number, purpose, by, reason: '急' })));
    const asked = await askToLook(town, { number, by, reason: '急' }, NOW);
    assert.ok(isRefusal(asked) && HIDDEN.includes(asked.code));
  }
  const posts = [...town.posts.values()].filter(({ unit }) => [above, below.unit].includes(unit)).length;
  const alarms = await alarmsOf(town, { number });
  assert.equal(alarms.length, 5 * posts, 'each attempt is written down');
  assert.ok(alarms.every(({ unit, staff }) => [above, below.unit].includes(unit!) && staff === 'S1'));
  const { rows } = await town.db.pool.query(`SELECT FROM ledger_event WHERE kind = 'alarm'`);
  assert.equal(rows.length, alarms.length);
  const own = await ownData(town, number, NOW + 2);
  assert.ok(!isRefusal(own) && own.attempts.length === alarms.length, 'and the person reads it');
});

test('in an emergency a second person allows a look, for some hours, and it is told', async (t) => {
  const { town } = await sealedTown(t);
  const [made] = await takeAll(town, [report('1')]);
  const { number } = made!;
  const by = { post: postOf(town, 'checker'), person: 'S1' };
  const order = { number, purpose: 'breakGlass', by, reason: '可能有生命危险' };
  assert.equal(await codeOf(town, { number, purpose: 'breakGlass', by }), 'reason-missing');
  assert.equal(await codeOf(town, order), 'not-allowed-yet');
  const asked = await askToLook(town, order, NOW);
  assert.ok(!isRefusal(asked));
  const head = postOf(town, 'head');
  const same = await allowLook(town, { id: asked.id, by: { post: head, person: 'S1' } }, NOW);
  assert.ok(isRefusal(same) && same.code === 'same-person');
  const seat = await allowLook(town, { id: asked.id, by: { post: postOf(town, 'seat'), person: 'S2' } }, NOW);
  assert.ok(isRefusal(seat) && seat.code === 'not-yours');
  assert.ok(!isRefusal(await allowLook(town, { id: asked.id, by: { post: head, person: 'S2' } }, NOW)));
  assert.equal(await codeOf(town, order), NAME);
  assert.equal(await codeOf(town, { ...order, by: { ...by, person: 'S3' } }), 'not-allowed-yet');
  assert.equal(await codeOf(town, order, NOW + 5 * HOUR), 'not-allowed-yet');
  const own = await ownData(town, number, NOW + 2);
  assert.ok(!isRefusal(own) && own.looks.some((look) => look.reason === '可能有生命危险'));
  const { rows } = await town.db.pool.query<{ rule: string; target_code: string }>(
    `SELECT rule, target_code FROM notice WHERE id LIKE 'look-%'`,
  );
  assert.deepEqual(rows, [{ rule: 'hotline.looked-in-emergency', target_code: number }], 'told by a message');
});

test('of a child under 14 the guardian is told and asked; the guardian goes with everybody else behind the number', async (t) => {
  const { town } = await sealedTown(t);
  const guardian = { name: '钱测试（虚构）', reachMe: [{ way: 'phone', address: '19900000009' }] } as const;
  const [made] = await takeAll(town, [report('1', { guardian })]);
  const { number } = made!;
  const contact = await readContact(town, { number, purpose: 'notify', by: { post: 'system' } }, NOW + 1);
  assert.ok(!isRefusal(contact));
  assert.deepEqual(reachedOf(contact), guardian);
  assert.deepEqual(await openMattersOf(town, '19900000009', NOW + 1), [number]);
  assert.deepEqual(await eraseContact(town, number, { now: NOW + 1, cause: 'asked' }), { erased: 2 });
});

test('a look is put off only by a legal basis and until a day, and counted meanwhile', async (t) => {
  const { town, db } = await sealedTown(t);
  const [made] = await takeAll(town, [report('1')]);
  const { number } = made!;
  const putOff = { until: NOW + 30 * DAY, basis: '《监察法》示例条款' };
  const order = {
    number,
    purpose: 'authority',
    by: { post: 'authority' },
    reason: '示例文书〔2026〕1号',
    putOff,
  };
  assert.equal(await codeOf(town, { ...order, purpose: 'notify', by: { post: 'system' } }), 'not-put-off');
  assert.equal(await codeOf(town, order), NAME);
  assert.equal((await looksAt(db.pool, town.district, number, NOW + DAY)).length, 0);
  assert.deepEqual(await countPutOff(db.pool, town.district, NOW + DAY), [
    { basis: putOff.basis, looks: 1, last: putOff.until },
  ]);
  assert.equal((await looksAt(db.pool, town.district, number, putOff.until)).length, 1);
});

test('what a court asks for leaves on the word of two persons, and the person reads of it', async (t) => {
  const { town, db } = await sealedTown(t);
  const [made] = await takeAll(town, [report('1')]);
  const { number } = made!;
  const [steward, other] = [...town.posts.values()].filter(({ kind }) => kind === 'dataSteward');
  const head = [...town.posts.values()].find(
    ({ kind, unit }) => kind === 'head' && town.units.get(unit)?.kind === 'hotline',
  );
  const second = (other ?? head)!.code;
  const order = { number, document: '示例法院〔2026〕1号调取通知' };
  const refusedAs = async (over: object): Promise<string | undefined> => {
    const handed = await handToAuthority(town, { ...order, ...over }, NOW + 1);
    return isRefusal(handed) ? handed.code : undefined;
  };
  assert.equal(await refusedAs({}), 'two-persons');
  assert.equal(await refusedAs({ steward: steward!.code, second: steward!.code }), 'own-approval');
  assert.equal(await refusedAs({ steward: steward!.code, second, document: ' ' }), 'no-document');
  const handed = await handToAuthority(town, { ...order, steward: steward!.code, second }, NOW + 1);
  assert.ok(!isRefusal(handed), JSON.stringify(handed));
  assert.equal(handed.contact.requester?.name, NAME);
  const [look] = await looksAt(db.pool, town.district, number, NOW + 2);
  assert.equal(look?.reason?.includes(order.document), true);
});

test('contacts that lay in clear move in batches, stop anywhere, and go on', async (t) => {
  const { town, db, again } = await sealedTown(t);
  const numbers = (
    await takeAll(
      town,
      Array.from({ length: 5 }, (_, i) => report(`${i}`, { requester: {} })),
    )
  ).map(({ number }) => number);
  const person = JSON.stringify({ name: NAME, reachMe: [{ way: 'phone', address: PHONE }] });
  await db.pool.query(
    `INSERT INTO contact (district, number, role, person) SELECT $1, n, 'requester', $3::json FROM unnest($2::text[]) AS n`,
    [town.district, numbers, person],
  );
  assert.equal(await moveContacts(town, { batchMax: 2, stopping: () => true }), 2);
  const left = async (): Promise<number> =>
    (await db.pool.query<{ n: number }>('SELECT count(*) AS n FROM contact')).rows[0]!.n;
  assert.equal(await left(), 3);
  const later = await again();
  assert.equal(await left(), 0);
  assert.ok(!(await everyCell(db)).includes(PHONE));
  for (const number of numbers)
    assert.equal(await codeOf(later, { number, purpose: 'notify', by: { post: 'system' } }), NAME);
});

test('erased stays erased when an older database comes back, and leaves its row and an event', async (t) => {
  const { town, db, again } = await sealedTown(t);
  const [one, two] = await takeAll(town, [report('1'), report('2')]);
  const before = (await db.pool.query('SELECT * FROM vault_person')).rows;
  const fields = (await db.pool.query('SELECT * FROM vault_field')).rows;
  assert.deepEqual(await eraseContact(town, one!.number, { now: NOW, cause: 'asked' }), { erased: 1 });
  const reads = (own: Town, number: RequestNumber): Promise<string> =>
    codeOf(own, { number, purpose: 'notify', by: { post: 'system' } });
  assert.equal(await reads(town, one!.number), 'nobody');
  // The older database: everything of the vault as it was.
  for (const row of before)
    await db.pool.query(
      `UPDATE vault_person SET master = $3, sealed_key = $4, erased_at = NULL WHERE district = $1 AND person = $2`,
      [row.district, row.person, row.master, row.sealed_key],
    );
  for (const row of fields)
    await db.pool.query(
      'INSERT INTO vault_field (district, person, field, sealed, lookup) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [row.district, row.person, row.field, row.sealed, row.lookup],
    );
  assert.equal(await reads(town, one!.number), NAME);
  const later = await again();
  assert.equal(await reads(later, one!.number), 'nobody');
  assert.equal(await reads(later, two!.number), NAME);
  const { rows } = await db.pool.query<{ body: unknown }>(
    `SELECT body FROM ledger_event WHERE kind = 'erasure' ORDER BY event`,
  );
  assert.deepEqual(
    rows.map(({ body }) => body),
    [
      { number: one!.number, role: 'requester', cause: 'asked' },
      { cause: 'restored', persons: 1 },
    ],
  );
});

test('while a legal term runs it is stored only, the person sees why, and reads it still', async (t) => {
  const { town } = await sealedTown(t);
  const [made] = await takeAll(town, [report('1')]);
  const { number } = made!;
  const term = { until: NOW + 30 * DAY, reason: '争议处理期间' };
  assert.deepEqual(await eraseContact(town, number, { now: NOW, cause: 'asked', term }), {
    erased: 0,
    ...term,
  });
  assert.equal(await codeOf(town, { number, purpose: 'notify', by: { post: 'system' } }), 'storage-only');
  const own = await ownData(town, number, NOW + 1);
  assert.ok(!isRefusal(own) && own.contact.requester?.name === NAME && own.kept[0]?.reason === term.reason);
});

test('what no purpose needs any more is erased, no day sooner; open cases keep theirs', async (t) => {
  const { town } = await sealedTown(t);
  const [ended, open] = await takeAll(town, [report('1', { kind: 'staff.complaint' }), report('2')]);
  const answer = { commandId: 'a', caseId: ended!.caseId as never, action: 'answer' };
  const done = await act(
    town,
    { ...answer, by: { post: postOf(town, 'seat') }, input: { words: '已说明' } },
    NOW + 1,
  );
  assert.ok(!isRefusal(done), JSON.stringify(done));
  const oneYear = Date.UTC(2027, 4, 6, 2) + 1;
  assert.equal((await Array.fromAsync(retentionPlan(town, oneYear - 1))).length, 0);
  const plan = await Array.fromAsync(retentionPlan(town, oneYear));
  assert.deepEqual(
    plan.map(({ of, months }) => [of, months]),
    [
      [{ number: ended!.number }, 12],
      [{ caseId: ended!.caseId }, 12],
    ],
  );
  assert.equal(await applyRetention(town, oneYear), 2);
  assert.equal(await applyRetention(town, oneYear), 0);
  const read = await readContacts(
    town,
    [ended!.number, open!.number],
    { purpose: 'handOver', by: { post: 'operator' } },
    oneYear,
  );
  assert.ok(!isRefusal(read));
  assert.deepEqual([...read.keys()], [open!.number]);
});

test('a proven telephone number opens its open matters, and tells of no ended one', async (t) => {
  const { town } = await sealedTown(t);
  const [ended, open] = await takeAll(town, [report('1', { kind: 'staff.complaint' }), report('2')]);
  await act(
    town,
    {
      commandId: 'a',
      caseId: ended!.caseId as never,
      action: 'answer',
      by: { post: postOf(town, 'seat') },
      input: { words: '已说明' },
    },
    NOW + 1,
  );
  assert.deepEqual(await openMattersOf(town, '+86 199 0000 0001', NOW + 2), [open!.number]);
});

test('a database whose keys are away, or are others, does not open, and it is said why', async (t) => {
  const { town, folder, again } = await sealedTown(t);
  await takeAll(town, [report('1')]);
  await rename(join(folder, 'keys'), join(folder, 'safe'));
  // The database of a test outlives its installations: closing is the test's.
  await assert.rejects(again(), { code: 'keys-missing' });
});
