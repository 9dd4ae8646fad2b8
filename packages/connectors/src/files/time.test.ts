import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileDates, compileDateWriter } from './date-format.ts';
import { openZone } from './zone.ts';

const LA = openZone('America/Los_Angeles');
const us = compileDates(['MM/dd/yyyy hh:mm:ss a'], LA);
const iso = (text: string): string | undefined => {
  const at = us(text);
  return at === undefined ? undefined : new Date(at).toISOString();
};

test('wall time in Los Angeles, on both sides of the clock changes of 2018', () => {
  const table: [string, string][] = [
    ['01/01/2018 12:00:09 AM', '2018-01-01T08:00:09.000Z'],
    ['07/01/2018 12:00:00 PM', '2018-07-01T19:00:00.000Z'],
    ['03/11/2018 01:59:59 AM', '2018-03-11T09:59:59.000Z'],
    ['03/11/2018 02:30:00 AM', '2018-03-11T10:30:00.000Z'],
    ['03/11/2018 03:00:00 AM', '2018-03-11T10:00:00.000Z'],
    ['11/04/2018 01:30:00 AM', '2018-11-04T08:30:00.000Z'],
    ['11/04/2018 02:00:00 AM', '2018-11-04T10:00:00.000Z'],
    ['11/04/2018 11:59:59 PM', '2018-11-05T07:59:59.000Z'],
  ];
  for (const [wall, utc] of table) assert.equal(iso(wall), utc, wall);
});

test('what does not exist is no time', () => {
  for (const text of [
    '02/30/2018 10:00:00 AM',
    '02/29/2018 10:00:00 AM',
    '13/01/2018 10:00:00 AM',
    '01/01/2018 13:00:00 PM',
    '01/01/2018 00:00:00 AM',
    '01/01/2018 10:60:00 AM',
    '1/01/2018 10:00:00 AM',
    '01/01/2018 10:00:00',
    '01/01/2018 10:00:00 AM ',
    'yesterday',
    '',
  ]) {
    assert.equal(us(text), undefined, text);
  }
});

test('formats of two lands, a sheet, and RFC 3339', () => {
  const read = compileDates(
    ['yyyy/M/d H:mm:ss', 'yyyy年M月d日 H:mm', 'yyyy-MM-dd', 'excel'],
    openZone('Asia/Shanghai'),
  );
  const noon = Date.UTC(2020, 0, 6, 4);
  for (const text of [
    '2020/1/6 12:00:00',
    '2020年1月6日 12:00',
    '43836.5',
    '2020-01-06T12:00:00+08:00',
    '2020-01-06 12:00:00',
  ]) {
    assert.equal(read(text), noon, text);
  }
  assert.equal(read('2020-01-06'), noon - 12 * 3_600_000);
});

test('every moment that is written is read as the same moment, also in hours that come twice', () => {
  const zones = fc.constantFrom(
    'America/Los_Angeles',
    'Asia/Shanghai',
    'Australia/Lord_Howe',
    'Europe/Berlin',
    'UTC',
  );
  const formats = fc.constantFrom('yyyy-MM-dd HH:mm:ss', 'MM/dd/yyyy hh:mm:ss a', 'yyyy/M/d H:mm');
  const moments = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2035, 0) });
  fc.assert(
    fc.property(
      zones,
      formats,
      fc.oneof(
        moments,
        moments.map((at) => at - (at % 60_000)),
      ),
      (name, format, at) => {
        const zone = openZone(name);
        assert.equal(compileDates([format], zone)(compileDateWriter(format, zone)(at)), at);
      },
    ),
    { numRuns: 200 },
  );
});

test('a format or a zone that is none says so', () => {
  assert.throws(() => openZone('Mars/Olympus'), /not a time zone.*IANA/);
  assert.throws(() => compileDates(['hh:mm'], LA), /not a date format/);
  assert.throws(() => compileDates(['MM/dd/yyyy hh:mm'], LA), /needs a/);
});
