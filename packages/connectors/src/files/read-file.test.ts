import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { loadProfile, type Profile, parseProfile } from './profile.ts';
import { type ReadOptions, readFile } from './read-file.ts';
import { openRejects } from './reject-file.ts';
import { countRows, EMPTY_REPORT } from './report.ts';
import type { RefusedRow, Row } from './row.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const DATA = process.env.GEZHI_SHARED_DATA ?? join(import.meta.dirname, '../../../../../shared/data');
const room = mkdtempSync(join(tmpdir(), 'gezhi-files-'));
after(() => rmSync(room, { recursive: true }));

async function read(path: string, profile: Profile, options?: ReadOptions) {
  const rows: Row[] = [];
  let report = EMPTY_REPORT;
  for await (const batch of readFile(path, profile, options)) {
    rows.push(...batch.rows);
    report = countRows(report, batch);
  }
  return { rows, report };
}

function put(name: string, content: string | Buffer): string {
  const path = join(room, name);
  writeFileSync(path, content);
  return path;
}

const brief = (row: Row): string =>
  'ok' in row
    ? `${row.line} ${row.ok.id}`
    : `${row.line} ${row.refused.map((p) => `${p.column}: ${p.reason}`).join(', ')}`;

test('Los Angeles: what each column becomes, and what is wrong in a row, all of it', async () => {
  const { rows } = await read(join(FIXTURES, 'la.csv'), loadProfile('la311'));
  assert.deepEqual(rows.map(brief), [
    '2 1-1',
    '3 1-2',
    '4 1-3',
    '5 CreatedDate: not-a-time, Latitude: not-a-number',
  ]);
  const [first, second, third] = rows.map((row) => ('ok' in row ? row.ok : undefined));
  assert.deepEqual(first, {
    source: 'la311',
    id: '1-1',
    occurredAt: Date.UTC(2018, 0, 15, 17),
    updatedAt: Date.UTC(2018, 0, 16, 17),
    dueAt: Date.UTC(2018, 0, 16, 8),
    closedAt: Date.UTC(2018, 0, 16, 20, 30),
    kind: 'Bulky Items',
    kindLabel: 'Bulky Items',
    unit: 'BOS',
    subUnit: 'EV',
    channel: 'phone',
    channelLabel: 'Call',
    status: 'closed',
    statusLabel: 'Closed',
    point: [-118.25, 34.05],
    placeText: '1 N MADEUP ST, 90000',
    statedPlaces: { CD: '1', NC: '9' },
    extra: { zip: '90000' },
  });
  assert.equal(second?.occurredAt, Date.UTC(2018, 6, 15, 7));
  assert.equal(second?.placeText, '2 "OLD" INVENTED AVE, 90000');
  assert.equal(second?.point, undefined);
  assert.equal(third?.channel, 'Owl Post');
  assert.equal(third?.closedAt, undefined);
  assert.equal((rows[2] as { dropped?: { reason: string }[] }).dropped?.[0]?.reason, 'out-of-order');
});

test('New York: each row shifted or broken by commas and quotes is told, the rest goes in', async () => {
  const path = join(FIXTURES, 'nyc-dirty.csv');
  const { rows, report } = await read(path, loadProfile('nyc311'));
  assert.deepEqual(rows.map(brief), [
    '1 1',
    '2 : field-count',
    '3 Borough: not-listed',
    '4 Closed Date: out-of-order',
    '5 : open-quote',
    '6 6',
    '8 : stray-quote',
  ]);
  assert.deepEqual([report.rows, report.accepted, report.refused, report.blank], [7, 2, 5, 1]);
  const broken = rows.find((row) => row.line === 5) as RefusedRow;
  assert.equal(broken.raw, '5,07/21/2020 02:13:58 PM,09/05/2020 01:37:31 PM,"Sewer,QUEENS');
  assert.match(broken.refused[0]!.because, /never closed/);
});

test('messages: columns by name, text of several lines, an id from the row where there is none', async () => {
  const { rows } = await read(join(FIXTURES, 'messages.csv'), loadProfile('messages-zh'));
  const ok = rows.flatMap((row) => ('ok' in row ? [row.ok] : []));
  assert.deepEqual(
    ok.map((r) => [r.title, r.likes, r.requester?.account]),
    [
      ['路灯不亮', 12, 'U001'],
      ['路灯不亮', undefined, 'U002'],
      ['没有编号', undefined, 'U003'],
    ],
  );
  assert.equal(ok[0]!.words, '甲路三组水井旁的路灯\n\t坏了三天。');
  assert.equal(ok[0]!.replyAt, Date.UTC(2020, 0, 9));
  assert.match(ok[2]!.id, /^row-[0-9a-f]{32}$/);
  assert.deepEqual(
    rows.map((row) => [row.row, row.line]),
    [
      [1, 2],
      [2, 6],
      [3, 7],
      [4, 8],
    ],
  );
});

test('hotline: no time of receipt, so another stands for it and the record says which', async () => {
  const importedAt = Date.UTC(2026, 5, 1);
  const { rows, report } = await read(join(FIXTURES, 'hotline.csv'), loadProfile('hotline-zh'), {
    importedAt,
  });
  const [a, b] = rows.map((row) => ('ok' in row ? row.ok : undefined));
  assert.deepEqual([a?.occurredAtFrom, b?.occurredAtFrom], ['closedAt', 'importedAt']);
  assert.equal(report.assumedTime, 2);
  assert.deepEqual(a?.callback, { solved: 'partly', satisfied: 'basically' });
  assert.deepEqual(a?.requester, { name: '某先生', phone: '13800000000' });
  assert.deepEqual(b?.requester, { confidential: true });
  assert.deepEqual([a?.requestKind, a?.requestKindLabel, b?.requestKind], [undefined, '诉求', 'inquiry']);
  const untold = await read(join(FIXTURES, 'hotline.csv'), loadProfile('hotline-zh'));
  assert.deepEqual(untold.rows.map(brief), ['2 QX001', '3 受理时间: missing']);
});

test('bytes decide, not the name: gzip, GB18030, byte order marks, UTF-16', async () => {
  const csv = readFileSync(join(FIXTURES, 'messages.csv'));
  const messages = loadProfile('messages-zh');
  const plain = await read(join(FIXTURES, 'messages.csv'), messages);
  const same = async (name: string, bytes: Buffer): Promise<void> => {
    assert.deepEqual((await read(put(name, bytes), messages)).rows, plain.rows, name);
  };
  await same('zipped.csv', gzipSync(csv));
  await same('marked.txt', Buffer.concat([Buffer.from('\ufeff'), csv]));
  await same('wide.csv', Buffer.from(`\ufeff${csv}`, 'utf16le'));
  const gbk = Buffer.concat([
    Buffer.from('wtPR1LHgusUswfTR1MqxvOQswfTR1Nb3zOIK', 'base64'),
    Buffer.from('7,2020/1/6 12:09:38,\xc2\xb7\n', 'latin1'),
  ]);
  const { rows } = await read(put('gbk.csv', gbk), messages);
  assert.equal('ok' in rows[0]! && rows[0].ok.title, '路');
});

test('NDJSON: one object a line, paths, long ids; what is no object is told', async () => {
  const profile = parseProfile(
    'name: t\nzone: UTC\nsource: t\nfields: {id: id, occurredAt: when, words: text, lat: at.lat, lon: at.lon}\n',
    't.yaml',
  );
  const text = [
    '{"id": 12345678901234567890, "when": "2026-05-01T08:00:00+08:00", "text": "a\\nb", "at": {"lat": 31.5, "lon": 120}}',
    '',
    'not json',
    '[1]',
    '{"id": "x", "when": null}',
  ].join('\r\n');
  const { rows, report } = await read(put('lines.txt', text), profile);
  assert.deepEqual(rows.map(brief), [
    '1 12345678901234567890',
    '3 : not-json',
    '4 : not-json',
    '5 when: missing',
  ]);
  assert.deepEqual('ok' in rows[0]! && rows[0].ok.point, [120, 31.5]);
  assert.equal(report.blank, 1);
});

test('a file that cannot be read says why and what to do', async () => {
  const la = loadProfile('la311');
  await assert.rejects(read(join(room, 'away.csv'), la), /away\.csv cannot be read.*path right/);
  await assert.rejects(read(put('empty.csv', ''), la), /empty\.csv is empty/);
  await assert.rejects(read(put('other.csv', 'a,b\n1,2\n'), la), /no column CreatedDate.*columns are: a, b/);
  await assert.rejects(
    read(put('twice.csv', 'CreatedDate,RequestType,CreatedDate\n'), la),
    /two columns named/,
  );
  await assert.rejects(read(put('bad.xlsx', 'PK\u0003\u0004rubbish'), la), /cannot be read as a workbook/);
  await assert.rejects(read(put('old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])), la), /is no text/);
  const cutOff = gzipSync(readFileSync(join(FIXTURES, 'la.csv'))).subarray(0, -20);
  await assert.rejects(read(put('cut.csv.gz', cutOff), la), /Is the file whole/);
});

test('letters that are none refuse their row, not the file', async () => {
  const text = Buffer.from(
    '留言编号,留言时间,留言主题\n1,2020/1/6 12:09:38,好\n2,2020/1/6 12:09:38,\xff\n'.replace('\xff', 'Z'),
  );
  text[text.lastIndexOf('Z')] = 0xff;
  const utf8 = { ...loadProfile('messages-zh'), encoding: ['utf-8' as const] };
  const { rows } = await read(put('garbled.csv', text), utf8);
  assert.deepEqual(rows.map(brief), ['2 1', '3 : bad-encoding']);
});

const lines = fc.array(
  fc.string({
    unit: fc.constantFrom('7', 'a', ',', ',', '"', ' ', '07/21/2020 02:13:58 PM', 'BRONX'),
    minLength: 1,
    maxLength: 12,
  }),
  { minLength: 1, maxLength: 40 },
);

test('whatever stands in the lines, each comes out once, taken in or refused, in order', async () => {
  const nyc = loadProfile('nyc311');
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 50 }), async (texts, batchRows) => {
      const { rows, report } = await read(put('chaos.csv', texts.join('\n')), nyc, { batchRows });
      assert.deepEqual(
        rows.map((row) => row.row),
        rows.map((_, i) => i + 1),
      );
      assert.equal(report.rows + report.blank, texts.length);
      assert.equal(report.accepted + report.refused, report.rows);
      for (const row of rows) if ('refused' in row) assert.equal(row.raw, texts[row.line - 1]);
    }),
    { numRuns: 50 },
  );
});

test('refused rows are kept, stay refused while untouched, and go in once corrected', async () => {
  const nyc = loadProfile('nyc311');
  const path = join(room, 'rejects.csv');
  const rejects = openRejects(path, { language: 'zh' });
  for await (const batch of readFile(join(FIXTURES, 'nyc-dirty.csv'), nyc)) await rejects.add(batch);
  assert.equal(await rejects.close(), 5);
  const text = readFileSync(path, 'utf8');
  assert.match(text, /错列/);
  assert.ok(text.includes('"7,07/21/2020 02:13:58 PM,,5"" pipe,BRONX"'), 'the raw text is kept');

  const again = await read(path, nyc);
  assert.deepEqual([again.report.accepted, again.report.refused], [0, 5]);

  const twice = join(room, 'rejects-2.csv');
  const kept = openRejects(twice, { language: 'zh' });
  for await (const batch of readFile(path, nyc)) await kept.add(batch);
  await kept.close();
  assert.equal((await read(twice, nyc)).report.refused, 5);

  const mended = text
    .replace('Noise," loud, QUEENS"', '"Noise, loud",QUEENS')
    .replace('Water System,3010850051', 'Water System,BROOKLYN')
    .replace('07/21/2020 02:13:57 PM,Sewer', '07/22/2020 02:13:57 PM,Sewer')
    .replace('"""Sewer",QUEENS', 'Sewer,QUEENS')
    .replace('"5"" pipe",BRONX', '"5"" pipe ",BRONX');
  const { rows } = await read(put('mended.csv', mended), nyc);
  assert.deepEqual(rows.map(brief), ['2 2', '3 3', '4 4', '5 5', '6 7']);
});

test('no reject file is made where nothing is refused', async () => {
  const path = join(room, 'none.csv');
  assert.equal(await openRejects(path).close(), 0);
  assert.ok(!existsSync(path));
});

const REAL: readonly [string, string, number, number][] = [
  ['la-311/2018_mini_b.csv.gz', 'la311', 10_000, 0],
  ['la-311/MyLA311_2017_Subset.csv.gz', 'la311', 9_999, 0],
  ['nyc-311/dirty_17418.csv', 'nyc311', 17_418, 2_830],
  ['teddy-c/附件3.xlsx', 'messages-zh', 4_326, 0],
  ['teddy-c/附件4.xlsx', 'messages-zh', 2_816, 0],
  ['teddy-c/unlabelled_2801.xlsx', 'messages-zh', 2_801, 0],
  ['teddy-c/labelled_457_raw.csv', 'messages-zh', 457, 0],
  ['nyc-council-casework/casework_2015_2021.csv.gz', 'nyc-casework', 276_633, 0],
];
for (const [file, profile, rows, refused] of REAL) {
  const path = join(DATA, file);
  const skip = existsSync(path) ? false : `${file} is not there (GEZHI_SHARED_DATA names the folder)`;
  test(`real: ${file} has ${rows} rows, of which ${refused} are refused`, { skip }, async () => {
    let report = EMPTY_REPORT;
    for await (const batch of readFile(path, loadProfile(profile))) report = countRows(report, batch);
    assert.deepEqual([report.rows, report.refused, report.accepted], [rows, refused, rows - refused]);
  });
}
