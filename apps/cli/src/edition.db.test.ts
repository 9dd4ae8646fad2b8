import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import { openInstallation, takeIn, townOf } from '@gezhi/town';
import { gezhi, type Ran } from './testing/gezhi.ts';

const MAY = Date.UTC(2026, 4, 6, 2);

type Seat = { readonly post: string; readonly person: string };

/** A town with one request of May, and who sits where: two of the hotline, one of the street it lies in. */
async function townOfMay(
  folder: string,
): Promise<{ number: string; head: Seat; second: Seat; street: Seat; subject: string }> {
  await writeTown(join(folder, 'town'), makeTown(7));
  const brought = await gezhi(folder, 'town', 'import', 'town');
  assert.equal(brought.code, 0, brought.err);
  const installation = await openInstallation({ dataDir: join(folder, '.gezhi'), as: 'guest' });
  try {
    const town = townOf(installation);
    const words = '银杏大道的路灯不亮了';
    const point = { lon: 119.39958, lat: 30.309503 };
    const report = {
      source: 't',
      id: '1',
      type: 'gezhi.report.v1',
      occurredAt: MAY,
      channel: 'phone',
      words,
      point,
    } as const;
    const [receipt] = await takeIn(town, [{ ...report, kind: 'lamp.fault', publicity: 'public' }], MAY);
    assert.ok(receipt && !isRefusal(receipt) && receipt.number);
    const seat = (is: (unit: string, kind: string) => boolean): Seat =>
      town.staff.find(({ post }) => is(town.posts.get(post)!.unit, town.posts.get(post)!.kind))!;
    const hotline = (unit: string): boolean => town.units.get(unit)?.kind === 'hotline';
    const { rows } = await town.db.pool.query<{ place: string }>('SELECT place FROM case_now');
    const subject = `${rows[0]!.place.slice(0, 9)}000`;
    return {
      number: receipt.number,
      subject,
      head: seat((unit, kind) => hotline(unit) && kind === 'head'),
      second: seat((unit, kind) => hotline(unit) && kind === 'dispatcher'),
      street: seat((unit, kind) => {
        const { place, level } = town.units.get(unit) ?? {};
        return place === subject && level === 'street' && kind === 'head';
      }),
    };
  } finally {
    await installation.close();
  }
}

test('an edition from the shell: drafted, shown, appealed, decided by two, read, computed again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-edition-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { number, head, second, street, subject } = await townOfMay(folder);
  const run = (...words: string[]): Promise<Ran> => gezhi(folder, 'edition', ...words);
  const as = ({ post, person }: Seat): string[] => ['--post', post, '--person', person];
  const id = '2026-05-street';

  assert.equal(
    (await run('draft', '--month', '2026-05', ...as(street))).code,
    3,
    'the street drafts nothing',
  );
  const drafted = await run('draft', '--month', '2026-05', ...as(head));
  assert.match(drafted.out, /^2026-05-street · drafted/, drafted.err);
  const until = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10);
  assert.match((await run('show', id, '--until', until, ...as(head))).out, /shown/);
  const appealed = await run(
    'appeal',
    id,
    '--number',
    number,
    '--reason',
    'beyondDuty',
    '--words',
    '不属于本街道',
    ...as(street),
    '--json',
  );
  assert.equal(appealed.code, 0, appealed.err);
  const [appeal] = Object.keys(JSON.parse(appealed.out).appeals);
  for (const who of [head, second]) {
    const decided = await run('decide', id, '--appeal', appeal!, '--verdict', 'exclude', ...as(who));
    assert.equal(decided.code, 0, decided.err);
  }
  const early = await run('freeze', id, ...as(head));
  assert.deepEqual([early.code, /appeals-run/.test(early.err)], [3, true]);

  assert.match((await run('read', id)).out, /policy edition-huairou version 1/);
  const cases = JSON.parse((await run('read', id, '--cases', ...as(head))).out);
  assert.deepEqual([cases.number, cases.subject, cases.counts], [number, subject, 'uncalled']);
  assert.match(
    (await run('explain', id, '--subject', subject, '--help-plan', '--lang', 'zh')).out,
    /帮扶方案/,
  );
  assert.equal((await run('read', id, '--format', 'file', '-o', 'edition.json')).code, 0);
  const again = await gezhi(folder, 'recompute', 'edition.json');
  assert.match(again.out, /the same to the byte/, again.err);

  const promised = await run('sample', 'promise', '--purpose', 'check', ...as(head), '--json');
  assert.equal(promised.code, 0, promised.err);
  const late = await run(
    'sample',
    'draw',
    '--seed',
    JSON.parse(promised.out).id,
    '--from',
    '2026-05-01',
    '--to',
    '2026-06-01',
    '--size',
    '10%',
    ...as(head),
  );
  assert.deepEqual([late.code, /promised-too-late/.test(late.err)], [3, true]);
  writeFileSync(join(folder, 'samples.json'), (await run('sample', 'list', '--json')).out);
  assert.equal((await run('sample', 'prove', 'samples.json')).code, 0);

  const theme = [
    'theme',
    'write',
    '--theme',
    '2026-06',
    '--part',
    'theme',
    '--id',
    '2026-06',
    '--title',
    '路灯照明',
  ];
  assert.equal((await run(...theme, ...as(head))).code, 0);
  assert.match((await run('theme', 'list')).out, /2026-06 路灯照明 · tasks 0 of 0 done/);
});
