import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countRarity } from './compare-words.ts';
import { pointsOf } from './points-of.ts';
import { readAnswer } from './read-answer.ts';

const ASKED =
  '尊敬的领导：青松苑三号楼电梯上周停运。请问电梯什么时候修好？维修资金由谁承担？希望尽快恢复地下车库照明。';
const ANSWER =
  '您好，青松苑三号楼电梯因主板损坏停运，配件已到，将于6月3日前由物业公司完成修复。根据《住宅专项维修资金管理办法》第二十条，维修资金由相关业主分摊。';
const at = Date.UTC(2026, 4, 28);

describe('did the answer answer', () => {
  it('finds each point, and which the answer does not speak of', () => {
    const { asked: points, aboutIt } = readAnswer({ asked: ASKED, answer: ANSWER, at });
    assert.deepEqual(
      points.map(({ met }) => met),
      ['yes', 'yes', 'no'],
    );
    assert.match(points[2]!.point, /地下车库照明/);
    assert.ok(points[2]!.missing.some((words) => words.includes('车库')));
    assert.ok(points[1]!.because.some((words) => words.includes('维修资金')));
    assert.equal(aboutIt.met, 'yes');
  });

  it('finds the basis and the next step: who, by when', () => {
    const { basisNamed, nextStepNamed } = readAnswer({ asked: ASKED, answer: ANSWER, at });
    assert.equal(basisNamed.met, 'yes');
    assert.ok(basisNamed.because.includes('《住宅专项维修资金管理办法》第二十条'));
    assert.equal(nextStepNamed.met, 'yes');
    assert.ok(nextStepNamed.when.some((when) => when.startsWith('6月3日')));
    assert.ok(nextStepNamed.who.some((who) => who.endsWith('物业公司')));
    const bare = readAnswer({ asked: ASKED, answer: '您好，您反映的情况已收悉，感谢您的关心和支持。', at });
    assert.deepEqual([bare.basisNamed.met, bare.nextStepNamed.met, bare.aboutIt.met], ['no', 'no', 'no']);
  });

  it('reads English', () => {
    const {
      asked: points,
      basisNamed,
      nextStepNamed,
    } = readAnswer({
      asked:
        'The lift in Pine Court has been out of order. When will the lift be repaired? Please also fix the garage lighting.',
      answer:
        'The lift will be repaired by 3 June by the contractor. Under the Housing Maintenance Act the owners share the costs.',
      at,
    });
    assert.deepEqual(
      points.map(({ met }) => met),
      ['yes', 'no'],
    );
    assert.equal(basisNamed.met, 'yes');
    assert.equal(nextStepNamed.met, 'yes');
    assert.ok(nextStepNamed.when.includes('by 3 june'));
  });

  it('says whether it is in time, where a time is due', () => {
    const time = (due?: number) => readAnswer({ asked: ASKED, answer: ANSWER, at, due }).inTime;
    assert.deepEqual([time(), time(at), time(at - 1)], ['unclear', 'yes', 'no']);
  });

  it('weighs words by how rare they are where that was counted', () => {
    const rarity = countRarity(['电梯停运', '电梯噪音', '电梯广告', '车库照明']);
    const { asked: points } = readAnswer({
      asked: '电梯的车库照明何时修？',
      answer: '电梯电梯电梯正在年检，请稍候。',
      at,
      rarity,
    });
    assert.notEqual(points[0]?.met, 'yes');
  });

  it('holds no number and no word for a mark: it is a help for the writer', () => {
    const hints = readAnswer({ asked: ASKED, answer: ANSWER, at, due: at });
    const walk = (value: unknown): void => {
      assert.notEqual(typeof value, 'number');
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        assert.doesNotMatch(key, /score|mark|grade|rank|rating|points?Total|person|writer|author/i);
        walk(inner);
      }
    };
    walk(hints);
    assert.deepEqual(Object.keys(hints).sort(), [
      'aboutIt',
      'asked',
      'basisNamed',
      'inTime',
      'nextStepNamed',
    ]);
  });

  it('reads any text', () => {
    const odd = [
      '',
      '\u0000\u0007',
      '😀',
      '電梯何時修好？',
      'لىفت قاچان ئوڭشىلىدۇ؟',
      '<p>路灯</p>',
      '请'.repeat(100_000),
      '路灯坏了。'.repeat(20_000),
      '《'.repeat(50_000),
      '根据'.repeat(30_000),
    ];
    for (const asked of odd) {
      for (const answer of odd) assert.ok(readAnswer({ asked, answer, at }).asked.length <= 12);
    }
    assert.deepEqual(readAnswer({ asked: '', answer: '', at }).asked, []);
  });
});

describe('points asked', () => {
  it('are questions, requests and numbered items, without greetings', () => {
    assert.deepEqual(pointsOf('您好！望回复。1、路灯坏了；2、井盖松动。请问公交几点收车？谢谢！'), [
      '1、路灯坏了；',
      '2、井盖松动。',
      '请问公交几点收车？',
    ]);
    assert.deepEqual(pointsOf('门口的树倒了'), ['门口的树倒了']);
  });
});
