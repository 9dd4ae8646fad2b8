import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '@gezhi/basis';
import { draftEdition, EDITION_POLICY, type EditionCase, helpPlan } from '@gezhi/measures';
import { editionCsv } from './edition-csv.ts';
import { editionFile, isEditionFile, recomputeEdition } from './edition-file.ts';
import { EDITION_WORDS } from './edition-words.ts';
import { explainRow, sayHelpPlan } from './say-edition.ts';
import { sha256 } from './sha256.ts';

const FROM = Date.UTC(2026, 3, 18, 16);
const HEAD = {
  id: '2026-05-street',
  district: '990000',
  by: 'street' as const,
  period: { name: '2026-05', from: FROM, to: FROM + 30 * DAY },
  position: { 990000: 9 },
  revision: 0,
};

const solved = { contacted: 'yes', solved: 'yes', satisfied: 'satisfied' } as const;
const not = { contacted: 'yes', solved: 'no', satisfied: 'dissatisfied' } as const;

function one(number: string, callback: typeof solved | typeof not): EditionCase {
  return {
    caseId: `case-${number}`,
    place: 'p',
    kind: 'lamp',
    unit: 'roads',
    openedAt: FROM + DAY,
    reworks: 0,
    extensions: 0,
    dispatches: 1,
    wrongDispatches: 0,
    merged: false,
    requests: [
      {
        number,
        place: 'p',
        kind: 'lamp',
        unit: 'roads',
        channel: 'phone',
        requestKind: 'help',
        createdAt: FROM + DAY,
        callback,
        subject: '=EAST("x")',
      },
    ],
  };
}

const input = { cases: [one('1', solved), one('2', not)], subjects: [], decided: {} };
const { edition } = draftEdition(HEAD, input, EDITION_POLICY, sha256);
const nameOf = (_sort: string, code: string): string => code;

test('a resident reads why a rate is what it is, in both languages', () => {
  const zh = explainRow(edition, edition.rows[0]!, nameOf, 'zh').join('\n');
  const en = explainRow(edition, edition.rows[0]!, nameOf, 'en').join('\n');
  assert.match(zh, /回访有效的 2 件诉求中，1 件的诉求人说问题解决了，所以解决率是 50\.0%/);
  assert.match(en, /Of 2 requests with a valid callback, 1 requesters said the matter was solved: 50\.0%/);
  assert.match(zh, /有效回访不足，不排位/);
});

test('no cell of a table begins a formula', () => {
  const csv = editionCsv(edition, nameOf, 'en');
  assert.ok(!csv.split(/[\r\n,]+/).some((cell) => /^"?[=+@-]/.test(cell)), csv);
  assert.equal(csv.trim().split('\r\n').length, 2);
});

test('a file of an edition gives the same bytes again; a figure changed by hand shows', () => {
  const file = JSON.parse(editionFile(edition, input));
  assert.ok(isEditionFile(file));
  assert.ok(recomputeEdition(file).isSame);
  assert.ok(!recomputeEdition({ ...file, edition: { ...edition, outside: 3 } }).isSame);
});

test('a help plan is a text to go on writing, without any mark', () => {
  const plan = helpPlan('=EAST("x")', input.cases, HEAD.period, EDITION_POLICY, () => 480);
  assert.match(sayHelpPlan(plan, nameOf, 'zh'), /帮扶方案（草稿）[\s\S]*本期 2 件，上期 0 件/);
  assert.doesNotMatch(sayHelpPlan(plan, nameOf, 'en'), /score|rank|tier/i);
});

test('the catalogues have the same keys, each in its language', () => {
  const leaves = (words: unknown, path = ''): string[] =>
    typeof words === 'object' && words !== null
      ? Object.entries(words).flatMap(([key, value]) => leaves(value, `${path}.${key}`))
      : [`${path} ${String(words)}`];
  const [zh, en] = [leaves(EDITION_WORDS.zh), leaves(EDITION_WORDS.en)];
  assert.deepEqual(
    zh.map((line) => line.split(' ')[0]),
    en.map((line) => line.split(' ')[0]),
  );
  for (const line of en) assert.doesNotMatch(line, /\p{Script=Han}/u);
});
