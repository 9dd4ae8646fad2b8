import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayImport } from '../print/say-import.ts';
import { addLayer } from './import.ts';

test('--layer may be repeated', () => {
  assert.deepEqual(addLayer('CD=b=c.json', addLayer('NC=a.json', undefined)), {
    NC: 'a.json',
    CD: 'b=c.json',
  });
  assert.throws(() => addLayer('NC', undefined), { code: 'usage' });
});

const RESULT = {
  rows: 4,
  accepted: 3,
  refused: 1,
  blank: 0,
  dropped: 0,
  assumedTime: 0,
  refusedBecause: { 'Created Date: bad-date': 1 },
  droppedBecause: {},
  cases: 2,
  merged: 1,
  known: 0,
  seconds: 2,
  agreement: { NC: { n: 3, share: 2 / 3 } },
};

test('an import tells what came in, what did not and where that is kept', () => {
  const names = { file: 'a.csv', district: 'la', rejects: 'a.csv.rejects.csv' };
  assert.deepEqual(sayImport('en', RESULT, names), [
    'a.csv → la: 4 rows in 2.00 s (2 a second)',
    '  accepted 3, refused 1',
    '  2 cases opened, 1 requests joined one',
    "  agreement with the source's own NC codes: 66.67 % of 3 rows with point and code",
    '  refused because:',
    '           1  Created Date: bad-date',
    '  They are kept in a.csv.rejects.csv: correct them there and import that file with the same profile.',
  ]);
  assert.match(sayImport('zh', RESULT, names).join('\n'), /未通过 1[\s\S]*已存入 a\.csv\.rejects\.csv/);
});
