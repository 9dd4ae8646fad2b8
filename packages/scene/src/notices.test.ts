import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { Finding } from './compile-process.ts';
import { fillTemplate, placeholdersIn } from './fill-template.ts';
import { readNotices } from './notices.ts';

const HOTLINE = join(import.meta.dirname, '../../../scenes/hotline');

async function read(t: TestContext, yaml: string) {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-notices-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'notices.yaml'), yaml);
  const findings: Finding[] = [];
  const notices = await readNotices(folder, findings);
  return { notices, told: findings.map(({ key, problem }) => `${key}: ${problem}`) };
}

const rule = (more: string): string => `rules:\n  - {id: one, ways: [sms], to: lead, ${more}}`;
const SAY = 'say: {zh: "{number}", en: "{number}"}';

test("the hotline's notices hold together, and every requester's step has a message", async () => {
  const findings: Finding[] = [];
  const { rules, rings, quiet } = await readNotices(HOTLINE, findings);
  assert.deepEqual(findings, []);
  assert.deepEqual(quiet, { fromMinute: 21 * 60 + 30, toMinute: 8 * 60 });
  const told = rules.filter((one) => one.to === 'requester').flatMap((one) => one.on as readonly string[]);
  for (const step of ['opened', 'promised', 'answered', 'referred', 'declined', 'done', 'closed'])
    assert.ok(told.includes(step), step);
  assert.ok(rings.length > 0);
});

test('a pack without the file tells nobody', async () => {
  const findings: Finding[] = [];
  const { rules, rings } = await readNotices(join(HOTLINE, 'nowhere'), findings);
  assert.deepEqual([rules, rings, findings], [[], [], []]);
});

test('what is wrong is told with its key: facts, placeholders, languages, words to staff, ladders, guards', async (t) => {
  const rows: [yaml: string, told: RegExp][] = [
    [rule(`on: vanished, ${SAY}`), /^rules\.one\.on: there is no fact "vanished"/],
    [rule('on: opened, say: {zh: "{name}", en: "{name}"}'), /say\.zh: "\{name\}" is not known/],
    [rule('on: opened, say: {zh: "{number}", en: "x"}'), /say: zh names \{number\}, en names \{\}/],
    [rule('on: opened, say: {zh: "{number}"}'), /say\.en: /],
    [rule('on: opened, say: {zh: "{words}", en: "{words}"}'), /only in what goes to the requester/],
    [rule('on: opened, say: {zh: "{", en: "{"}'), /a brace stands alone/],
    [rule(`on: opened, when: case.colour == "red", ${SAY}`), /rules\.one\.when: .*does not compile/],
    [rule(`on: opened, ${SAY}, to: everybody`).replace('to: lead, ', ''), /rules\.0\.to: /],
    [`${rule(`on: opened, ${SAY}`)}\n  - {id: one, ways: [sms], to: lead, on: done, ${SAY}}`, /stands twice/],
    [
      `ring:\n  - {id: r, starts: dispatched, stops: accepted, of: lead, ways: [voice], ${SAY}, ladder: [{after: 5, who: dutyPost}, {after: 5, who: deputy}]}`,
      /ring\.r\.ladder: a step is not later/,
    ],
    ['quiet: {from: "25:00", to: "08:00"}', /quiet\.from: write a time of day/],
  ];
  for (const [yaml, wanted] of rows) {
    const { told } = await read(t, yaml);
    assert.ok(
      told.some((one) => wanted.test(one)),
      `${yaml} → ${told.join(' | ')}`,
    );
  }
});

test('a fact type is data: whatever the kernel knows can be named, and its own fields asked about', async (t) => {
  const { notices, told } = await read(t, rule(`on: checked, when: input.passed == false, ${SAY}`));
  assert.deepEqual(told, []);
  const [one] = notices.rules;
  assert.equal(one!.when({ case: {}, input: { passed: false } }), true);
  assert.equal(one!.when({ case: {}, input: {} }), false);
});

test('what is filled in is never read as a template', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      assert.equal(fillTemplate('{a}|{b}|{c}', { a, b }), `${a}|${b}|—`);
    }),
  );
  assert.deepEqual(placeholdersIn('{b} {a} {b}'), ['b', 'a']);
});
