import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareModels } from './compare-models.ts';
import { foldsOf, wordingOfText } from './folds.ts';
import { modelCard } from './model-card.ts';
import { modelHash, readModel, writeModel } from './model-file.ts';
import { proposeByModel } from './propose-by-model.ts';
import { classifyKinds, readKind } from './read-kind.ts';
import { reportKinds } from './report-kinds.ts';
import { type KindSample, samplesOfPack, trainKinds, trainNow } from './train-kinds.ts';

const SAID: Readonly<Record<string, readonly string[]>> = {
  '市政/路灯': ['路灯不亮了', '路灯坏了一直闪', '灯杆倾斜', '夜里没有照明', '路灯全天亮着'],
  '市政/道路': ['路面塌陷有坑', '井盖丢失', '人行道砖松动', '道路坑洼积水', '马路破损'],
  '环境/垃圾': ['垃圾没人清运', '垃圾桶满了', '建筑垃圾乱堆', '垃圾站很臭', '保洁不到位'],
  '环境/噪声': ['半夜施工噪音', '广场舞太吵', '噪声扰民睡不着', '装修吵闹', '喇叭噪音很大'],
};
const WHERE = [
  '东门小区',
  '西湖村三组',
  '和平路口',
  '学校旁边',
  '幸福里社区',
  '桥头',
  '菜场后面',
  '二号楼下',
];

const SAMPLES: readonly KindSample[] = Object.entries(SAID).flatMap(([kind, said]) =>
  said.flatMap((what) => WHERE.map((where) => ({ kind, text: `尊敬的领导，${where}${what}，请处理` }))),
);
const MODEL = trainNow(SAMPLES, { seed: 1, trainedAt: 1_000 });

test('a kind is read with its words, and its probabilities sum to one', () => {
  const { ranked, ask } = readKind(MODEL, '我家门口的路灯又不亮了', 4);
  assert.equal(ranked[0]!.kind, '市政/路灯');
  assert.match(ranked[0]!.because.join(' '), /路灯/);
  assert.equal(ask, false);
  const sum = ranked.reduce((all, { probability }) => all + probability, 0);
  assert.ok(Math.abs(sum - 1) < 1e-9, String(sum));
});

test('what the model knows no word of is asked', () => {
  for (const text of ['', '   \n', '🚒🚒🚒', '\u0000\u0007\u001b', 'zzz qqq']) {
    const { ranked, ask } = readKind(MODEL, text);
    assert.equal(ask, true, JSON.stringify(text));
    assert.deepEqual(ranked[0]!.because, []);
  }
});

test('a text cut into words, with tags or in full width is read as the text itself, but for the words', () => {
  const said = '小区垃圾桶满了，垃圾没人清运123';
  const likely = (text: string): number => readKind(MODEL, text).ranked[0]!.probability;
  for (const other of [
    '小区 垃圾 桶满 了 垃圾 没 人 清运 123',
    '<p>小区垃圾桶满了</p>垃圾没人清运１２３ _x000D_',
  ]) {
    assert.ok(Math.abs(likely(other) - likely(said)) < 0.1, other);
    assert.equal(readKind(MODEL, other).ranked[0]!.kind, readKind(MODEL, said).ranked[0]!.kind);
  }
});

test('short stretches between gaps and marks are words; whoever writes without gaps is read all the same', () => {
  const cut = SAMPLES.map(({ text, kind }) => ({
    kind,
    text: [...(text as string)].join(' ').replaceAll(/(.) (.) /gu, '$1$2 '),
  }));
  const model = trainNow(cut, { seed: 1 });
  for (const text of ['路灯 不亮 了', '路灯不亮了']) {
    const { ranked } = readKind(readModel(writeModel(model)), text, 4);
    assert.equal(ranked[0]!.kind, '市政/路灯');
    assert.match(ranked[0]!.because.join(' '), /路|灯/);
  }
  const without = trainNow(SAMPLES, { seed: 1, settings: { words: 0 } });
  assert.equal(without.grams.words, undefined, 'a model from before there were words is read as it was made');
  assert.equal(readKind(without, '路灯不亮了').ranked[0]!.kind, '市政/路灯');
});

const HARD: Readonly<Record<string, string>> = {
  'a hundred thousand characters': '路灯不亮'.repeat(25_000),
  'traditional characters': '尊敬的領導，路燈壞了，請處理',
  English: 'The street lamp at the corner of Main St is broken!',
  'Uyghur script': 'كوچا چىرىغى بۇزۇلۇپ قالدى',
  emoji: '路灯😡😡不亮了👨‍👩‍👧‍👦',
  'control characters': '路\u0000灯\u0008不\u001b[31m亮\ufeff',
  HTML: '<script>alert("路灯")</script><a href="x">不亮</a>&nbsp;<',
  'half a pair': '路灯\ud83d不亮\ude00',
};
for (const [what, text] of Object.entries(HARD)) {
  test(`${what}: an answer, no crash, read and learned`, () => {
    const { ranked } = readKind(MODEL, text);
    assert.ok(MODEL.kinds.includes(ranked[0]!.kind));
    const learned = trainNow([...SAMPLES, { text, kind: '其他' }], { seed: 1 });
    assert.ok(learned.kinds.includes('其他'));
  });
}

test('any text gives kinds of the model and sound probabilities', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const { ranked } = readKind(MODEL, text, 9);
      const one = [...classifyKinds(MODEL, [text])][0]!;
      assert.equal(one.kind, ranked[0]!.kind);
      assert.ok(ranked.every(({ probability }) => probability >= 0 && probability <= 1));
    }),
    { numRuns: 60 },
  );
});

test('nothing to learn is told: no sample, empty texts, one kind only', () => {
  const learn = (samples: readonly KindSample[]): unknown => trainNow(samples, { seed: 1 });
  assert.throws(() => learn([]), /none of the 0 samples has both a text and a kind/);
  assert.throws(() => learn([{ text: ' ', kind: 'a' }]), /none of the 1 samples/);
  assert.throws(
    () => learn(SAMPLES.filter(({ kind }) => kind === '市政/路灯')),
    /all 40 samples are of the kind/,
  );
});

test('the same samples and seed give the same file, and it comes back as it was', () => {
  const file = writeModel(MODEL);
  assert.equal(modelHash(writeModel(trainNow(SAMPLES, { seed: 1, trainedAt: 1_000 }))), modelHash(file));
  const back = readModel(file);
  const text = '广场舞吵得睡不着';
  assert.deepEqual(readKind(back, text), readKind(MODEL, text));
  assert.equal(modelHash(writeModel(back)), modelHash(file));
});

test('a file that is none, of another version, cut off or changed is refused', () => {
  const file = writeModel(MODEL);
  const changed = (at: number): Uint8Array => file.with(at, file[at]! ^ 1);
  assert.throws(() => readModel(new Uint8Array(0)), /no file of kinds/);
  assert.throws(
    () => readModel(new TextEncoder().encode('kind,text\n路灯,不亮,还有很多别的字')),
    /no file of kinds/,
  );
  assert.throws(() => readModel(changed(8)), /version 0, and this reads version 1/);
  assert.throws(() => readModel(changed(file.length - 9)), /cut off or changed/);
  assert.throws(() => readModel(file.subarray(0, 5000)), /cut off or changed/);
});

test('training lets others work in between', () => {
  const training = trainKinds(SAMPLES, { seed: 1 });
  let pauses = 0;
  while (!training.next().done) pauses += 1;
  assert.ok(pauses > 2, String(pauses));
});

test('nothing is learned but what is masked', () => {
  const seen: string[] = [];
  const mask = (text: string): string => {
    seen.push(text);
    return text.replace('东门', '■■■');
  };
  trainNow(SAMPLES, { seed: 1, mask });
  assert.equal(seen.length, SAMPLES.length);
});

test('the words of a scene are enough to begin with', () => {
  const pack = [
    { code: 'lamp.fault', words: ['路灯', '不亮', '照明'] },
    { code: 'road.damage', words: ['路面', '井盖', '坑洼'], examples: ['人行道的砖松了'] },
  ];
  const model = trainNow(samplesOfPack(pack), { seed: 1 });
  assert.equal(readKind(model, '三组水井旁的路灯不亮了').ranked[0]!.kind, 'lamp.fault');
  assert.equal(readKind(model, '井盖没有了').ranked[0]!.kind, 'road.damage');
});

test('two cells of a row say together what neither says alone', () => {
  const rows = ['lamp,east,1', 'lamp,west,2', 'road,east,2', 'road,west,1'].map((row) => row.split(','));
  const samples = rows.flatMap(([type, place, yard]) =>
    Array.from({ length: 30 }, () => ({ text: [type!, place!], kind: `yard ${yard}` })),
  );
  const model = trainNow(samples, { seed: 1 });
  for (const { text, kind } of samples) assert.equal(readKind(model, text).ranked[0]!.kind, kind);
});

test('equal wording is never on both sides of a fold', () => {
  const samples = [...SAMPLES, ...SAMPLES.map(({ text, kind }) => ({ text: `${text} 。`, kind }))];
  const folds = foldsOf(samples, 5, 7);
  const byWording = new Map<string, number>();
  samples.forEach(({ text }, i) => {
    const wording = wordingOfText(text);
    assert.equal(byWording.get(wording) ?? folds[i], folds[i]);
    byWording.set(wording, folds[i]!);
  });
  assert.deepEqual(new Set(folds), new Set([0, 1, 2, 3, 4]));
});

test('the report counts what is right, what is confused and what was never learned', () => {
  const report = reportKinds(MODEL, [
    { text: '路灯不亮', kind: '市政/路灯' },
    { text: '路灯坏了', kind: '市政/道路' },
    { text: '井盖丢失', kind: '从未见过' },
  ]);
  assert.equal(report.n, 3);
  assert.equal(report.accuracy, 1 / 3);
  const lamp = report.perKind.find(({ kind }) => kind === '市政/路灯')!;
  assert.deepEqual([lamp.samples, lamp.read, lamp.recall, lamp.precision], [1, 2, 1, 0.5]);
  assert.equal(report.perKind.find(({ kind }) => kind === '从未见过')!.known, false);
  assert.equal(report.confusions.length, 2);
  assert.equal(reportKinds(MODEL, []).n, 0);
});

test('a new model is adopted only where it wins on held-back samples', () => {
  const half = SAMPLES.filter(({ kind }) => kind.startsWith('市政'));
  const weak = trainNow(half, { seed: 1 });
  assert.equal(compareModels(undefined, MODEL, SAMPLES).verdict, 'adopt');
  assert.deepEqual(pick(compareModels(weak, MODEL, SAMPLES)), ['adopt', 'better']);
  assert.deepEqual(pick(compareModels(MODEL, MODEL, SAMPLES)), ['keep', 'not-better']);
  assert.deepEqual(pick(compareModels(MODEL, weak, SAMPLES)), ['keep', 'loses-kinds']);
  assert.deepEqual(pick(compareModels(weak, MODEL, SAMPLES.slice(0, 5))), ['keep', 'too-few']);
});

function pick({ verdict, why }: { readonly verdict: string; readonly why: string }): string[] {
  return [verdict, why];
}

test('a model has a page: what for, learned from what, how well, how to object; no text in it', () => {
  const card = modelCard(MODEL, reportKinds(MODEL, SAMPLES));
  assert.deepEqual([card.purpose, card.decides, card.learnedFrom.samples], ['propose-kind', 'person', 160]);
  assert.equal(card.learnedFrom.perKind.length, 4);
  assert.doesNotMatch(JSON.stringify(card), /尊敬|东门/);
});

test('the model proposes where it is sure and the scene has the kind, else the words of the scene do', () => {
  const kinds = [
    { code: '市政/路灯', words: ['路灯'] },
    { code: 'pets', words: ['流浪狗'] },
  ];
  assert.equal(proposeByModel(MODEL, kinds, '灯杆倾斜，夜里没有照明')?.kind, '市政/路灯');
  assert.equal(proposeByModel(undefined, kinds, '灯杆倾斜，夜里没有照明'), undefined);
  assert.deepEqual(proposeByModel(MODEL, kinds, 'zzz 流浪狗'), { kind: 'pets', because: ['流浪狗'] });
  assert.equal(proposeByModel(MODEL, kinds, '垃圾没人清运，垃圾桶满了'), undefined);
});
