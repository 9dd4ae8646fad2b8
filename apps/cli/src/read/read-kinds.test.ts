import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { run } from '../run.ts';
import { type HeardIo, heardIo } from '../testing/heard-io.ts';

const LAMP = ['路灯不亮', '路灯坏了', '灯杆倾斜', '夜里没有路灯'];
const WASTE = ['垃圾没人清运', '垃圾桶满了', '垃圾很臭', '垃圾乱堆'];
const WHERE = ['东门', '西湖村', '和平路', '学校旁', '幸福里', '桥头'];

function rowsOf(kind: string, said: readonly string[]): string[] {
  return WHERE.flatMap((where) => said.map((what) => `${where},"${what}，\n请处理",${kind}`));
}

const CASES = ['title,words,kind', ...rowsOf('lamp', LAMP), ...rowsOf('waste', WASTE)].join('\n');

function folderOf(t: TestContext): (name: string, content?: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-read-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return (name, content) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
}

async function read(...words: readonly string[]): Promise<HeardIo> {
  const io = heardIo();
  await run(['read', ...words], io);
  return io;
}

const COLUMNS = ['--text', 'title,words', '--label', 'kind'];

test('learned from one file, tested on another that lacks a column; the last line has the figures', async (t) => {
  const file = folderOf(t);
  const train = file('a.csv.gz', gzipSync(CASES));
  const test_ = file('b.csv', 'words,kind\n巷口路灯不亮了,lamp\n垃圾桶早就满了,waste\n说不清,never\n');
  const io = await read('evaluate', '--train', train, '--test', test_, ...COLUMNS, '--json');
  assert.deepEqual(io.errs, []);
  const figures = JSON.parse(io.outs.at(-1)!);
  assert.deepEqual(Object.keys(figures), ['n', 'macroF1', 'accuracy', 'ece', 'seconds']);
  assert.deepEqual([figures.n, figures.accuracy], [3, 2 / 3]);
  const details = JSON.parse(io.outs[0]!);
  assert.equal(details.perKind.find((one: { kind: string }) => one.kind === 'never').known, false);
});

test('a file in folds, told in words of both languages', async (t) => {
  const file = folderOf(t)('a.csv', CASES);
  const io = await read('evaluate', file, '--folds', '3', ...COLUMNS);
  assert.match(io.outs[0]!, /^48 rows: macro-F1 1\.0000, accuracy 100\.0 %/, io.errs.join());
  const zh = heardIo('zh');
  await run(['read', 'evaluate', file, '--folds', '2', ...COLUMNS], zh);
  assert.match(zh.outs[0]!, /^48 条：macro-F1 /);
});

test('a model is written, read, and says the kind of each row with its words', async (t) => {
  const file = folderOf(t);
  const model = file('kinds.model');
  const trained = await read(
    'train',
    file('a.csv', `${CASES}\n桥头,没有类别,\n`),
    ...COLUMNS,
    '--out',
    model,
    '--json',
  );
  const told = JSON.parse(trained.outs[0]!);
  assert.deepEqual([told.samples, told.unlabelled, told.kinds], [48, 1, 2]);
  assert.equal(told.bytes, readFileSync(model).length);
  const next = file('b.csv', 'title,words\n桥头,垃圾桶又满了\n,😀\n');
  const io = await read('classify', next, '--model', model, '--json');
  const [first, second, last] = io.outs.map((line) => JSON.parse(line));
  assert.equal(first.ranked[0].kind, 'waste');
  assert.match(first.ranked[0].because.join(' '), /垃圾/);
  assert.deepEqual([second.row, second.line, second.ask], [2, 3, true]);
  assert.deepEqual([last.n, last.asked], [2, 1]);
  const told2 = await read('classify', next, '--model', model);
  assert.match(told2.outs[0]!, /^1\twaste\t/);
});

test('what is wrong is told with what to do: no crash, no stack', async (t) => {
  const file = folderOf(t);
  const cases = file('a.csv', CASES);
  const one = file('one.csv', ['title,words,kind', ...rowsOf('lamp', LAMP)].join('\n'));
  const broken = file('broken.model', 'GZKINDS\nand nothing more than words');
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['train', cases, '--text', 'subject', '--label', 'kind', '--out', file('m')],
      /does not have "subject"\. Its columns are: title, words, kind/,
    ],
    [
      ['train', cases, '--text', 'words', '--label', 'sort', '--out', file('m')],
      /does not have the label column "sort"/,
    ],
    [['train', cases, '--text', 'words,', '--label', 'kind', '--out', file('m')], /names no columns/],
    [
      ['train', one, ...COLUMNS, '--out', file('m')],
      /all 24 samples are of the kind "lamp"\. Give samples of at least two kinds/,
    ],
    [['train', file('empty.csv', ''), ...COLUMNS, '--out', file('m')], /is empty/],
    [['train', file('head.csv', 'title,kind\n'), ...COLUMNS, '--out', file('m')], /no row with a label/],
    [['train', file('no.csv'), ...COLUMNS, '--out', file('m')], /Is the path right/],
    [['train', cases, ...COLUMNS, '--seed', 'x', '--out', file('m')], /is no seed/],
    [['evaluate', cases, ...COLUMNS], /Write --train A --test B, or FILE --folds 5/],
    [['evaluate', cases, '--folds', '1', ...COLUMNS], /is no number of folds/],
    [['evaluate', '--folds', '5', ...COLUMNS], /Folds are made of one file/],
    [['classify', cases, '--model', broken], /model is of version|no file of kinds|cut off/],
    [['classify', cases, '--model', file('none')], /There is no file/],
  ];
  for (const [words, says] of wrong) {
    const io = await read(...words);
    assert.match(io.errs.join('\n'), says, words.join(' '));
    assert.doesNotMatch(io.errs.join('\n'), /\n {4}at /);
    assert.notDeepEqual(io.codes, []);
  }
});
