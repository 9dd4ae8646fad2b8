import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildGazetteer, learnNames } from './gazetteer.ts';
import { readWhere } from './read-where.ts';

const TOWN = buildGazetteer([
  { id: 'linchuan', sort: 'division', name: '临溪区' },
  { id: 'qingxi', sort: 'division', name: '青溪街道', parent: 'linchuan' },
  { id: 'baita', sort: 'division', name: '白塔镇', parent: 'linchuan' },
  {
    id: 'sang1',
    sort: 'division',
    name: '桑园村村民委员会',
    parent: 'qingxi',
    aliases: ['三组', '三组水井'],
  },
  { id: 'sang2', sort: 'division', name: '桑园村', parent: 'baita', aliases: ['三组', '老戏台'] },
  { id: 'renmin', sort: 'road', name: '人民路', parent: 'linchuan' },
  { id: 'qingxilu', sort: 'road', name: '青溪路', parent: 'linchuan' },
  { id: 'xingfu', sort: 'estate', name: '幸福小区', parent: 'qingxi' },
]);

function resolved(text: string): string | undefined {
  return readWhere(TOWN, text).resolved;
}

test('a landmark, a road with its house number, an estate', () => {
  assert.equal(resolved('三组水井旁的路灯不亮'), 'sang1');
  const [road] = readWhere(TOWN, '人民路12号3栋2单元501漏水').mentions;
  assert.deepEqual([road?.text, road?.detail], ['人民路', '12号3栋2单元501']);
  const [estate] = readWhere(TOWN, '幸福小区对面有人烧烤').mentions;
  assert.deepEqual([estate?.kind, estate?.beside], ['estate', '对面']);
});

test('homonyms are told and asked about; the street that is named settles it', () => {
  const { ask, candidates, because } = readWhere(TOWN, '桑园村没水');
  assert.equal(ask, true);
  assert.deepEqual(
    candidates.map(({ place, rank }) => [place, rank]),
    [
      ['sang1', 1],
      ['sang2', 1],
    ],
  );
  assert.deepEqual(because, [{ code: 'homonyms', text: '桑园村', count: 2 }]);
  assert.equal(resolved('白塔镇桑园村没水'), 'sang2');
  assert.equal(resolved('青溪桑园村第三组没水'), 'sang1');
});

test('the longest name counts; numbers read however written, never inside a greater one', () => {
  assert.equal(resolved('青溪路坏了'), 'qingxilu');
  assert.equal(resolved('白塔镇桑园 3 组'), 'sang2');
  assert.equal(readWhere(TOWN, '十三组').mentions.length, 0);
});

test('a name that is part of another word or name is no mention', () => {
  for (const text of ['青溪公司欠薪', '白塔山很高', '青溪大桥', '我爱幸福'])
    assert.equal(readWhere(TOWN, text).candidates.length, 0, text);
  assert.equal(resolved('我住在青溪'), 'qingxi');
});

test('two roads that cross are a crossing', () => {
  const { mentions } = readWhere(TOWN, '人民路与青溪路交叉口积水');
  const crossing = mentions.find(({ kind }) => kind === 'crossing');
  assert.deepEqual([crossing?.text, crossing?.places], ['人民路与青溪路交叉口', ['renmin', 'qingxilu']]);
});

test('what is confirmed again and again is learned', () => {
  const text = '老供销社门口';
  assert.equal(resolved(text), undefined);
  const learned = learnNames(TOWN, [
    { name: '老供销社', place: 'sang2', count: 2 },
    { name: '老供销社', place: 'qingxi', count: 1 },
  ]);
  assert.equal(readWhere(learned, text).ask, true, 'too few to settle it');
  const more = learnNames(learned, [{ name: '老供销社', place: 'sang2', count: 4 }]);
  const { resolved: place, because } = readWhere(more, text);
  assert.equal(place, 'sang2');
  assert.ok(because.some(({ code }) => code === 'learned'));
});

test('what looks like a place without being known is a mention, and a person is asked', () => {
  const { mentions, ask, because } = readWhere(TOWN, 'A7县星沙街道凉塘路附近');
  assert.deepEqual(
    mentions.map(({ text, kind }) => [text, kind]),
    [
      ['A7县', 'maskedDivision'],
      ['星沙街道', 'unknownDivision'],
      ['凉塘路', 'unknownRoad'],
    ],
  );
  assert.equal(ask, true);
  assert.equal(because[0]?.code, 'unknownNames');
});

test('nothing named: a person is asked', () => {
  assert.deepEqual(readWhere(TOWN, '你好'), {
    mentions: [],
    candidates: [],
    ask: true,
    because: [{ code: 'nothing' }],
  });
});

test('strange texts are answered; every mention stands where it says', () => {
  const unit = fc.constantFrom(...'青溪街道桑园村三组人民路12号与交叉口 A市第😀\nＡ１');
  const check = (text: string): void => {
    for (const { text: said, start, end } of readWhere(TOWN, text).mentions) {
      assert.equal(text.slice(start, end), said);
      assert.ok(said.length > 0);
    }
  };
  fc.assert(fc.property(fc.oneof(fc.string({ unit, maxLength: 60 }), fc.string({ unit: 'binary' })), check), {
    numRuns: 200,
  });
  for (const text of [
    '',
    '<p>人民路</p>',
    'ئۇيغۇرچە',
    '\u0000',
    '\ud800',
    'Main St 12',
    '桑園村',
    '三组'.repeat(50_000),
    '路'.repeat(100_000),
    '一'.repeat(100_000),
    '桑园村与'.repeat(25_000),
  ])
    check(text);
});

test('a ring of parents ends', () => {
  const ring = buildGazetteer([
    { id: 'a', sort: 'division', name: '甲山镇', parent: 'b' },
    { id: 'b', sort: 'division', name: '乙山镇', parent: 'a' },
  ]);
  assert.equal(readWhere(ring, '甲山镇').resolved, 'a');
});
