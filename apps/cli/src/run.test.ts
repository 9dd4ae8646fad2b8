import assert from 'node:assert/strict';
import { test } from 'node:test';
import { langOf } from './io.ts';
import { COMMANDS, run } from './run.ts';
import { heardIo } from './testing/heard-io.ts';

test('the help names every command', async () => {
  const io = heardIo();
  await run(['--help'], io);
  const help = io.outs.join('\n');
  for (const name of Object.keys(COMMANDS)) assert.match(help, new RegExp(`^  ${name} `, 'm'));
  assert.deepEqual(io.codes, [0]);
});

for (const name of Object.keys(COMMANDS)) {
  test(`${name} --help has examples, in Chinese too`, async () => {
    const words = name === 'town' ? ['town', 'import', '--help'] : [name, '--help'];
    const [en, zh] = [heardIo('en'), heardIo('zh')];
    await run(words, en);
    await run(words, zh);
    assert.match(en.outs.join('\n'), /Examples:\n {2}gezhi|Examples:\n {2}/);
    assert.match(en.outs.join('\n'), /--json/);
    assert.match(zh.outs.join('\n'), /用法：.*选项：.*示例：/s);
  });
}

const USAGE = [
  ['rank', '--lang', 'fr'],
  ['nonsense'],
  ['import', 'somewhere.csv'],
  ['import', 'no-such-file.csv', '--profile', 'la311'],
  ['import', 'no-such-file.csv', '--profile', 'nobody'],
  ['export', '--facts', '--profile', 'hotline-zh'],
  ['export', '--facts', '--since', 'yesterday'],
  ['export', '--facts', '--everything', 'somewhere'],
  ['import', 'somewhere.csv', '--everything', 'somewhere'],
  ['import'],
  ['rank', '--by', 'person'],
  ['notices', 'everything'],
  ['notices', 'list', '--state', 'lost'],
  ['notices', 'retry'],
  ['rank', '--policy', 'nobody'],
  ['restore', 'somewhere'],
  ['rebuild', '--only', 'facts'],
  ['serve', '--only', 'portal,nobody'],
  ['spool', 'prepare', 'x', '--numbers', '0'],
  ['demo', '--days', 'many'],
  ['serve', '--port', 'eighty'],
  ['check', 'no-such-scene'],
  ['responsible', '--kind', 'k', '--lon', 'east', '--lat', '0'],
  ['town', 'import', '/no/such/town'],
];

for (const words of USAGE) {
  test(`gezhi ${words.join(' ')} is wrong usage, told in a sentence without a stack`, async () => {
    const io = heardIo();
    await run(words, io);
    assert.deepEqual(io.codes, [2]);
    assert.match(io.errs[0] ?? '', /^error: /);
    assert.doesNotMatch(io.errs.join('\n'), /\n {4}at /);
  });
}

test('what Commander says is said in Chinese too, with where to read on; --lang stands anywhere', async () => {
  for (const [words, said] of [
    [['--lang', 'zh', 'rank', '--form', 'x'], '错误：没有选项“--form”'],
    [['nobody', '--lang', 'zh'], '错误：没有命令“nobody”'],
    [['explain', '--lang=zh'], '错误：缺少参数'],
  ] as const) {
    const io = heardIo('zh');
    await run(words, io);
    assert.deepEqual(io.codes, [2]);
    assert.match(io.errs.join('\n'), new RegExp(`^${said}.*--help`, 's'));
  }
});

test('a command that only reads makes no data folder', async () => {
  const io = heardIo();
  await run(['rank', '--data', '/no/such/folder', '--json'], io);
  assert.deepEqual(io.codes, [2]);
  assert.match(io.errs[0]!, /There is no data folder/);
  assert.deepEqual(JSON.parse(io.outs[0]!).error.code, 'no-data');
});

test('check answers how many tests hold', async () => {
  const io = heardIo();
  await run(['check', 'hotline', '--json'], io);
  const { tests, passed, findings, failures } = JSON.parse(io.outs[0]!);
  assert.deepEqual([passed, findings, failures], [tests, [], []]);
  assert.deepEqual(io.codes, []);
});

test('the language: --lang, then LC_ALL, then LANG, else English', () => {
  assert.equal(langOf(['--lang', 'zh'], { LANG: 'en_US.UTF-8' }), 'zh');
  assert.equal(langOf(['rank', '--lang=en'], { LANG: 'zh_CN.UTF-8' }), 'en');
  assert.equal(langOf([], { LANG: 'zh_CN.UTF-8' }), 'zh');
  assert.equal(langOf([], { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }), 'en');
  assert.equal(langOf([], {}), 'en');
});
