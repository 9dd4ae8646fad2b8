import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { Imported } from './imported.ts';
import { loadProfile } from './profile.ts';
import { readFile } from './read-file.ts';
import { type WriteFormat, writeFile } from './write-file.ts';

const room = mkdtempSync(join(tmpdir(), 'gezhi-write-'));
after(() => rmSync(room, { recursive: true }));
const hotline = loadProfile('hotline-zh');
const FORMATS: readonly WriteFormat[] = ['csv', 'tsv', 'xlsx', 'ndjson'];

async function wayAndBack(records: readonly Imported[], format: WriteFormat): Promise<Imported[]> {
  const path = join(room, `out.${format}`);
  assert.equal(await writeFile(path, records, hotline, format), records.length);
  const back: Imported[] = [];
  for await (const { rows } of readFile(path, hotline)) {
    for (const row of rows) {
      assert.ok('ok' in row, JSON.stringify(row));
      back.push(row.ok);
    }
  }
  return back;
}

const TEXT = fc.constantFrom(
  '甲',
  'b',
  '7',
  ',',
  '"',
  "'",
  '\n',
  '\t',
  ' ',
  '=',
  '+',
  '-',
  '@',
  '🏮',
  '<',
  '&',
  '_x0041_',
  '\r',
  '\u0007',
);
const words = fc
  .string({ unit: TEXT, minLength: 1, maxLength: 12 })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const moments = fc.integer({ min: Date.UTC(1995, 0), max: Date.UTC(2030, 0) });
const ids = fc.stringMatching(/^[A-Z]{2}[0-9]{4,8}$/);
const some = { requiredKeys: [] as [] };
const requesters = fc.oneof(
  fc.record({ name: words, phone: fc.stringMatching(/^1[3-9][0-9]{9}$/) }),
  fc.record({ account: fc.stringMatching(/^[a-z]{3,8}$/) }),
  fc.constant({ confidential: true as const }),
);
const given = <T extends object>(part: T): T | undefined => (Object.keys(part).length > 0 ? part : undefined);

const records: fc.Arbitrary<Imported> = fc
  .record(
    {
      id: ids,
      occurredAt: moments,
      dispatchedAt: moments,
      dueAt: moments,
      closedAt: moments,
      replyAt: moments,
      words,
      title: words,
      kind: words,
      unit: words,
      channel: words,
      placeText: words,
      reply: words,
      requester: requesters,
      point: fc.tuple(
        fc.double({ min: 73, max: 135, noNaN: true }),
        fc.double({ min: 18, max: 53, noNaN: true }),
      ),
      publicity: fc.constantFrom('public', 'private'),
      status: fc.constantFrom(['办理中', 'underway'], ['已转派', 'dispatched'], ['回复完成', 'answered']),
      requestKind: fc.constantFrom(
        ['诉求', undefined],
        ['投诉', 'complaint'],
        ['控烟', undefined],
        ['咨询', 'inquiry'],
      ),
      callback: fc.record(
        {
          valid: fc.constantFrom('yes', 'no'),
          contacted: fc.constantFrom('yes', 'no', 'noAnswer'),
          solved: fc.constantFrom('yes', 'partly', 'no', 'noAnswer'),
          satisfied: fc.constantFrom('satisfied', 'basically', 'dissatisfied', 'noAnswer'),
        },
        some,
      ),
      statedPlaces: fc.record({ district: words, street: words, community: words }, some),
      extra: fc.record({ tags: words, company: words, role: words, way: words, outcome: words }, some),
      external: fc.record(
        { system: fc.constant('upper'), number: ids, dueAt: moments },
        { requiredKeys: ['system', 'number'] },
      ),
    },
    { requiredKeys: ['id', 'occurredAt'] },
  )
  .map(({ kind, channel, status, requestKind, callback, statedPlaces, extra, ...plain }) => {
    const record = {
      source: 'hotline-zh',
      ...plain,
      ...(kind !== undefined && { kind, kindLabel: kind }),
      ...(channel !== undefined && { channel, channelLabel: channel }),
      ...(status && { statusLabel: status[0], status: status[1] }),
      ...(requestKind && { requestKindLabel: requestKind[0], requestKind: requestKind[1] }),
      callback: callback && given(callback),
      statedPlaces: statedPlaces && given(statedPlaces),
      extra: extra && given(extra),
    };
    return JSON.parse(JSON.stringify(record)) as Imported;
  });

for (const format of FORMATS) {
  test(`records written as ${format} are read back as the same records`, async () => {
    const several = fc.array(records, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(several, async (list) => {
        assert.deepEqual(await wayAndBack(list, format), list);
      }),
      { numRuns: format === 'xlsx' ? 25 : 60 },
    );
  });
}

test('no cell of a CSV file begins as a formula', async () => {
  const record = {
    source: 'hotline-zh',
    id: 'QX1',
    occurredAt: 0,
    title: '=HYPERLINK("http://example.invalid")',
  };
  await wayAndBack([record], 'csv');
  assert.ok(readFileSync(join(room, 'out.csv'), 'utf8').includes(`"'=HYPERLINK`));
});

test('what a sheet or a profile cannot hold is told', async () => {
  const long = { source: 'hotline-zh', id: 'QX1', occurredAt: 0, words: '长'.repeat(40_000) };
  await assert.rejects(
    writeFile(join(room, 'long.xlsx'), [long], hotline, 'xlsx'),
    /主要内容 of QX1.*Write CSV/,
  );
  await assert.rejects(
    writeFile(join(room, 'no.csv'), [], loadProfile('la311'), 'csv'),
    /names no columns to write/,
  );
});
