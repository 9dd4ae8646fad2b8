import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import fc from 'fast-check';
import { calibrateSame, type JudgedPair, judgeSame, trainSame } from './calibrate-same.ts';
import { comparePair } from './compare-pair.ts';
import { append, makePostings, readList } from './postings.ts';
import { addCase, countTerms, makeSameIndex, removeCase, type SameCase, sizeOf } from './same-index.ts';
import { sameMatter } from './same-matter.ts';
import { chanceOf, DEFAULT_SAME_POLICY } from './same-policy.ts';
import { signText } from './sign-text.ts';

const NOW = Date.UTC(2026, 4, 1, 8);
const GATE = { lon: 120.1, lat: 30.8 };
const told = (id: string, text: string, more: Partial<SameCase> = {}): SameCase => ({
  id,
  signature: signText(text),
  openedAt: NOW - HOUR,
  ...more,
});

function town() {
  const index = makeSameIndex({ bits: 14 });
  addCase(index, told('lamp', '青松里三号楼门前的路灯坏了，晚上一片漆黑', { kind: 'lamp', point: GATE }));
  addCase(index, told('dog', '邻居家的狗整夜叫，影响休息', { kind: 'noise', callerKey: 'p7' }));
  addCase(index, told('plant', '丹枫新城旁边的搅拌站噪音大、粉尘大，不敢开窗', { kind: 'dust' }));
  addCase(
    index,
    told('pit', '解放路口井盖塌陷，有人摔倒', { kind: 'road', point: { lon: 120.2, lat: 30.8 } }),
  );
  return index;
}

describe('the same matter', () => {
  it('is found by its words while a seat types, with why', () => {
    const [first] = sameMatter(town(), {
      signature: signText('青松里三号楼路灯坏了'),
      at: NOW,
      kind: 'lamp',
      point: GATE,
    });
    assert.equal(first?.id, 'lamp');
    assert.ok(first.chance > 0.9);
    assert.deepEqual(
      first.because.map(({ what }) => what),
      ['words', 'kind', 'distance', 'time'],
    );
    assert.deepEqual(
      first.because.find(({ what }) => what === 'time'),
      { what: 'time', minutes: 60 },
    );
  });

  it('is found by the caller even where the words are others, but as unlikely', () => {
    const found = sameMatter(town(), {
      signature: signText('昨天说的事怎么样了'),
      at: NOW,
      callerKey: 'p7',
      kind: 'noise',
    });
    assert.deepEqual(
      found.map(({ id }) => id),
      ['dog'],
    );
    assert.ok(found[0]!.chance < 0.5);
  });

  it('the open cases of the caller, where they are known, come first and say so', () => {
    const query = { signature: signText('青松里三号楼路灯坏了'), at: NOW, kind: 'lamp', point: GATE };
    const found = sameMatter(town(), { ...query, own: ['plant', 'dog', 'gone'] });
    assert.deepEqual(
      found
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
      ['dog', 'plant'],
    );
    assert.ok(found.slice(0, 2).every(({ because }) => because.some(({ what }) => what === 'own')));
    assert.equal(found[2]?.id, 'lamp');
    assert.deepEqual(sameMatter(town(), { ...query, own: ['dog'], except: 'dog' }).length, 1);
  });

  it('is not proposed where nothing speaks for it', () => {
    assert.deepEqual(sameMatter(town(), { signature: signText('公积金怎么提取'), at: NOW }), []);
  });

  it('a resend has the same words by the same caller or at the same place, within days', () => {
    const index = town();
    const again = { signature: signText('邻居家的狗整夜叫, 影响休息！'), at: NOW };
    const resend = (more: object) => sameMatter(index, { ...again, ...more })[0]?.resend;
    assert.equal(resend({ callerKey: 'p7' }), true);
    assert.equal(resend({ callerKey: 'p8' }), false);
    assert.equal(resend({ callerKey: 'p7', at: NOW + 9 * DAY }), false);
    const lamp = { signature: signText('青松里三号楼门前的路灯坏了晚上一片漆黑'), at: NOW };
    assert.equal(sameMatter(index, { ...lamp, point: GATE })[0]?.resend, true);
    assert.equal(sameMatter(index, { ...lamp, point: { lon: 120.11, lat: 30.8 } })[0]?.resend, false);
  });

  it('forgets what was removed and holds what was said last', () => {
    const index = town();
    assert.equal(removeCase(index, 'lamp'), true);
    assert.equal(removeCase(index, 'lamp'), false);
    addCase(index, told('dog', '楼道堆放杂物'));
    const ids = (text: string) =>
      sameMatter(index, { signature: signText(text), at: NOW }).map(({ id }) => id);
    assert.deepEqual(ids('路灯坏了'), []);
    assert.deepEqual(ids('狗整夜叫'), []);
    assert.deepEqual(ids('楼道堆放杂物'), ['dog']);
    assert.equal(sizeOf(index).cases, 3);
  });

  it('gives what a linear scan over all cases gives', () => {
    const word = fc.constantFrom(
      '路灯',
      '井盖',
      '噪音',
      '搅拌',
      '青松',
      '解放',
      '物业',
      '停车',
      '漏水',
      '电梯',
    );
    const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(''));
    const shape = fc.record({
      text,
      kind: fc.constantFrom(undefined, 'a', 'b'),
      far: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
      caller: fc.constantFrom(undefined, 'p1', 'p2'),
      ago: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 60 }), shape, (rows, asked) => {
        const index = makeSameIndex({ bits: 12 });
        const point = (far: number | undefined) =>
          far === undefined ? undefined : { lon: 120 + far * 0.0007, lat: 30 };
        for (const [i, row] of rows.entries()) {
          addCase(
            index,
            told(String(i), row.text, {
              kind: row.kind,
              point: point(row.far),
              callerKey: row.caller,
              openedAt: NOW - row.ago * DAY,
            }),
          );
        }
        const query = {
          signature: signText(asked.text),
          at: NOW,
          kind: asked.kind,
          point: point(asked.far),
          callerKey: asked.caller,
        };
        const all = sameMatter(index, query, { ...DEFAULT_SAME_POLICY, chanceMin: 1e-9 }, rows.length);
        const best = sameMatter(index, query, { ...DEFAULT_SAME_POLICY, chanceMin: 1e-9 }, 3);
        assert.deepEqual(best, all.slice(0, 3));
        for (const { chance, features } of all)
          assert.ok(Math.abs(chance - chanceOf(DEFAULT_SAME_POLICY, features)) < 1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it('what the whole town says of its lamps makes no two lamps one', () => {
    const index = makeSameIndex({ bits: 14 });
    const lamp = (i: number) =>
      told(`l${i}`, '路灯不亮了，晚上出门看不清', { kind: 'lamp', place: `g${i}`, openedAt: NOW - i * HOUR });
    for (let i = 1; i <= 60; i += 1) addCase(index, lamp(i));
    const query = { signature: signText('路灯不亮了，晚上出门看不清'), at: NOW, kind: 'lamp', place: 'g7' };
    const [first, second] = sameMatter(index, query);
    assert.equal(first?.id, 'l7');
    assert.ok(first.chance > 0.4 && (second?.chance ?? 0) < 0.3, `${first.chance}`);
    assert.ok(first.because.some(({ what }) => what === 'place'));
  });

  it('two cases compare as one asked about and one in the index', () => {
    const index = town();
    for (let i = 0; i < 50; i += 1) countTerms(index, signText(`第${i}户门前有人占道卖菜，路灯旁边也是`));
    const other = told('lamp', '青松里三号楼门前的路灯坏了，晚上一片漆黑', { kind: 'lamp', point: GATE });
    const asked = told('new', '青松里三号楼路灯坏了', { kind: 'lamp', point: GATE, openedAt: NOW });
    addCase(index, other);
    const [found] = sameMatter(index, { ...asked, at: asked.openedAt });
    const features = comparePair(index, asked, other);
    for (const key of ['words', 'within', 'kind', 'near', 'place', 'fresh', 'own'] as const)
      assert.ok(
        Math.abs(features[key] - found!.features[key]) < 0.2,
        `${key} ${features[key]} ${found!.features[key]}`,
      );
  });

  it('answers any text', () => {
    const texts = [
      '',
      ' \u0000\u0007',
      '😀😀',
      '電梯壞了，請儘快維修',
      'The street lamp is broken',
      'كوچا چىرىغى بۇزۇلدى',
      '<p onclick="x">路灯</p>',
      '路'.repeat(100_000),
      '𠮷野家门口',
    ];
    const index = town();
    for (const [i, text] of texts.entries()) addCase(index, told(`t${i}`, text));
    for (const text of texts) {
      const found = sameMatter(index, { signature: signText(text), at: NOW });
      for (const { chance } of found) assert.ok(chance >= 0 && chance <= 1);
    }
    assert.equal(sameMatter(index, { signature: signText('street lamp broken'), at: NOW })[0]?.id, 't4');
    assert.equal(sameMatter(index, { signature: signText('چىرىغى بۇزۇلدى'), at: NOW })[0]?.id, 't5');
    assert.equal(sameMatter(index, { signature: signText('電梯壞了'), at: NOW })[0]?.id, 't3');
    assert.deepEqual(signText(''), { terms: new Uint32Array(), counts: new Uint8Array(), wording: 0 });
  });
});

describe('the wording of a text', () => {
  it('does not depend on punctuation, width, case and tags', () => {
    assert.equal(signText('路灯，坏了！ABC').wording, signText('<b>路灯</b> 坏了 ａｂｃ').wording);
    assert.notEqual(signText('路灯坏了').wording, signText('坏了路灯').wording);
  });
});

describe('lists under a key', () => {
  it('come back in order, however long', () => {
    const put = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat()), { maxLength: 3000 });
    fc.assert(
      fc.property(put, (pairs) => {
        const postings = makePostings(2);
        for (const [list, value] of pairs) append(postings, list, value);
        const into = new Int32Array(3000);
        for (let list = 0; list < 4; list += 1) {
          const length = readList(postings, list, into);
          assert.deepEqual(
            [...into.subarray(0, length)],
            pairs.filter(([l]) => l === list).map(([, v]) => v),
          );
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('calibration from confirmed merges', () => {
  const features = { words: 0.5, within: 0.6, kind: 1, near: 0, place: 0, fresh: 1, own: 0 };

  it('says that the default is a default, and stays it where nothing can be learned', () => {
    assert.equal(DEFAULT_SAME_POLICY.origin, 'default');
    assert.equal(calibrateSame([]), DEFAULT_SAME_POLICY);
    const refused = Array.from({ length: 50 }, () => ({ features, same: false }));
    assert.equal(calibrateSame(refused), DEFAULT_SAME_POLICY);
  });

  it('learns the chances of a town whose seats merge less readily', () => {
    const town = {
      ...DEFAULT_SAME_POLICY,
      bias: -10,
      weights: { ...DEFAULT_SAME_POLICY.weights, near: 3, own: 0 },
    };
    const pairs = drawPairs(town, 2_000);
    const learned = calibrateSame(pairs);
    const fresh = drawPairs(town, 2_000, 7);
    assert.equal(learned.origin, 'confirmed');
    assert.equal(learned.pairs, 2_000);
    assert.ok(judgeSame(learned, fresh).ece! < 0.04);
    assert.ok(judgeSame(learned, fresh).ece! < judgeSame(DEFAULT_SAME_POLICY, fresh).ece!);
    assert.ok(Object.values(learned.weights).every((weight) => weight >= 0));
  });

  it('adopts only what tells held-back pairs better, and never on a handful', () => {
    const town = { ...DEFAULT_SAME_POLICY, bias: -11 };
    const learned = trainSame(drawPairs(town, 800), drawPairs(town, 300, 7));
    assert.equal(learned.verdict, 'adopt');
    assert.ok(learned.after! < learned.before!);
    const again = trainSame(drawPairs(town, 60), drawPairs(town, 300, 7), town);
    assert.deepEqual([again.verdict, again.why], ['keep', 'not better']);
    const few = trainSame(drawPairs(town, 800), drawPairs(town, 8, 7));
    assert.deepEqual([few.verdict, few.why, few.before], ['keep', 'too few pairs', null]);
  });

  function drawPairs(policy: typeof DEFAULT_SAME_POLICY, n: number, seed = 3): JudgedPair[] {
    let state = seed;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    return Array.from({ length: n }, () => {
      const words = random();
      const x = {
        words,
        within: Math.min(1, words + random() * 0.3),
        kind: random() < 0.5 ? 1 : -1,
        near: random() * 2 - 1,
        place: random() < 0.5 ? 1 : -1,
        fresh: random(),
        own: Number(random() < 0.2),
      };
      return { features: x, same: random() < chanceOf(policy, x) };
    });
  }
});
