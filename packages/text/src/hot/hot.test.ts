import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import fc from 'fast-check';
import { findTopics, type TopicOptions } from './find-topics.ts';
import { growthOf } from './growth.ts';
import { heatOf } from './heat.ts';
import type { TopicMessage } from './topic.ts';
import { DEFAULT_TOPIC_POLICY } from './topic-policy.ts';

const NOW = Date.UTC(2026, 4, 31, 16);
const WINDOW: TopicOptions = { from: NOW - 30 * DAY, to: NOW, mask: (text) => text };

const PLANT = [
  '丹枫新城旁的搅拌站噪音大',
  '搅拌站的粉尘飘进丹枫新城',
  '丹枫新城居民投诉搅拌站夜里噪音粉尘',
  '搅拌站为何建在丹枫新城旁边，粉尘噪音',
  '丹枫新城小区搅拌站粉尘',
];
const PARKING = ['青松苑买房捆绑车位', '青松苑强制捆绑销售车位', '青松苑开发商捆绑车位，不买车位不给房'];
const REST = [
  '路灯不亮三天了',
  '公交车间隔太久',
  '医保卡怎么补办',
  '学校门口积水',
  '广场舞声音太吵',
  '身份证到期换领',
  '小狗没有牵绳',
  '电梯里有广告',
];

function say(
  texts: readonly string[],
  name: string,
  more: (i: number) => Partial<TopicMessage> = () => ({}),
): TopicMessage[] {
  return texts.map((text, i) => ({
    id: `${name}${i}`,
    at: NOW - (i + 1) * HOUR,
    text,
    personKey: `${name}-p${i}`,
    ...more(i),
  }));
}

describe('topics', () => {
  const plant = say(PLANT, 'a', (i) => ({
    likes: i,
    opposes: 1,
    places: ['330502', i < 2 ? '330502001' : '330502002'],
  }));
  const all = [...plant, ...say(PARKING, 'b'), ...say(REST, 'c')];

  it('tell what many write about, the hottest first, with its figures', () => {
    const [first, second, ...more] = findTopics(all, WINDOW);
    assert.ok(first && second);
    assert.deepEqual(
      [...first.members].sort(),
      plant.map(({ id }) => id),
    );
    assert.deepEqual([...second.members].sort(), ['b0', 'b1', 'b2']);
    assert.deepEqual(more, []);
    const { voices, people, likes, opposes, where, isNew, growth } = first;
    assert.deepEqual(
      { voices, people, likes, opposes, isNew, growth },
      { voices: 5, people: 5, likes: 10, opposes: 5, isNew: true, growth: null },
    );
    assert.deepEqual(where[0], { place: '330502', voices: 5 });
    assert.match(first.label, /搅拌站/);
    assert.match(second.label, /青松苑.*车位/);
  });

  it('are seen on the day they start, with the second voice', () => {
    const [second] = say(PLANT.slice(0, 2), 'n');
    const topics = findTopics(
      [...say(REST, 'c', () => ({ at: NOW - 9 * DAY })), ...say(PLANT.slice(0, 2), 'n')],
      WINDOW,
    );
    assert.equal(topics.length, 1);
    assert.equal(topics[0]?.isNew, true);
    assert.ok(topics[0]?.members.includes(second!.id));
  });

  it('hold no person', () => {
    const told = JSON.stringify(findTopics(all, WINDOW));
    for (const { personKey } of all) assert.ok(!told.includes(personKey!));
  });

  it('read and show masked words only', () => {
    const mask = (text: string) => text.replaceAll('丹枫新城', '＊＊');
    const topics = findTopics(
      say(PLANT, 'a', (i) => ({ title: PLANT[i]! })),
      { ...WINDOW, mask },
    );
    assert.ok(topics.length > 0);
    for (const { label } of topics) assert.doesNotMatch(label, /丹枫/);
  });

  it('of fewer than three people are not public, nor their places', () => {
    const two = say(PARKING, 'b', (i) => ({ personKey: i ? 'x' : 'y' }));
    const topics = findTopics([...plant, ...two], { ...WINDOW, isPublic: true });
    assert.equal(topics.length, 1);
    assert.deepEqual(
      topics[0]?.where.map(({ place }) => place),
      ['330502', '330502002'],
    );
    assert.equal(findTopics([...plant, ...two], WINDOW).length, 2);
  });

  it('are known again tomorrow, by members and by what they are about', () => {
    const yesterday = findTopics(all, WINDOW);
    const grown = [...all, ...say(PLANT.slice(1, 4), 'd', () => ({ at: NOW + 3 * HOUR }))];
    const today = findTopics(grown, { ...WINDOW, to: NOW + DAY, previous: yesterday });
    assert.equal(today[0]?.id, yesterday[0]?.id);
    assert.equal(today[0]?.voices, 8);
    assert.equal(today[0]?.since, yesterday[0]?.since);
    const later = say(PLANT, 'e', (i) => ({ at: NOW + 40 * DAY + i }));
    const afterwards = findTopics(later, {
      ...WINDOW,
      from: NOW + 39 * DAY,
      to: NOW + 41 * DAY,
      previous: yesterday,
    });
    assert.equal(afterwards[0]?.id, yesterday[0]?.id);
  });

  it('say which became one and which fell apart', () => {
    const [topic] = findTopics(plant, WINDOW);
    const half = (id: string, members: readonly string[]) => ({ ...topic!, id, members });
    const [merged] = findTopics(plant, {
      ...WINDOW,
      previous: [half('big', ['a0', 'a1', 'a2']), half('small', ['a3', 'a4'])],
    });
    assert.equal(merged?.id, 'big');
    assert.deepEqual(merged?.mergedFrom, ['small']);
    const whole = { ...topic!, id: 'whole', members: all.map(({ id }) => id) };
    const apart = findTopics(all, { ...WINDOW, previous: [whole] });
    assert.deepEqual(
      apart.map(({ id, splitFrom }) => [id, splitFrom]),
      [
        ['whole', null],
        ['topic-b0', 'whole'],
      ],
    );
  });

  it('are made of any text', () => {
    const odd = [
      '',
      '😀😀',
      '\u0000\u0007',
      '電梯壞了',
      'lamp is broken',
      'كوچا چىرىغى',
      '<b>路灯</b>',
      '路灯'.repeat(50_000),
    ];
    const topics = findTopics([...say(odd, 'o'), ...say(odd, 'q')], WINDOW);
    assert.ok(topics.every(({ label, voices }) => label.length <= 30 && voices >= 2));
    assert.deepEqual(findTopics([], WINDOW), []);
  });
});

describe('heat', () => {
  const window = { from: NOW - 10 * DAY, to: NOW };
  const by = (person: string, times: number) =>
    Array.from(
      { length: times },
      (_, i): TopicMessage => ({ id: `${person}${i}`, at: NOW, text: `${person}${i}`, personKey: person }),
    );

  it('one person writing fifty times adds at most as much as two people', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20 }), (times, people) => {
        const crowd = Array.from({ length: people }, (_, i) => by(`p${i}`, 1)).flat();
        const before = heatOf(crowd, window, DEFAULT_TOPIC_POLICY);
        const after = heatOf([...crowd, ...by('loud', times)], window, DEFAULT_TOPIC_POLICY);
        assert.ok(after - before <= 2 + 1e-9);
        const two = heatOf([...crowd, ...by('x', 1), ...by('y', 1)], window, DEFAULT_TOPIC_POLICY);
        assert.ok(after <= two + 1e-9);
      }),
    );
  });

  it('grows with every further person, and fades', () => {
    const heat = (messages: readonly TopicMessage[]) => heatOf(messages, window, DEFAULT_TOPIC_POLICY);
    assert.ok(heat([...by('a', 1), ...by('b', 1)]) > heat(by('a', 2)));
    const old = by('a', 1).map((message) => ({ ...message, at: NOW - 5 * DAY }));
    assert.ok(Math.abs(heat(old) - 0.5) < 1e-9);
  });

  it('those without a key count as the root of their wordings', () => {
    const nobody = Array.from({ length: 16 }, (_, i) => ({ id: String(i), at: NOW, text: `第${i}次` }));
    assert.ok(Math.abs(heatOf(nobody, window, DEFAULT_TOPIC_POLICY) - 4) < 1e-9);
    const copied = nobody.map((message) => ({ ...message, text: '一样' }));
    assert.equal(heatOf(copied, window, DEFAULT_TOPIC_POLICY), 1);
  });

  it('does not see likes', () => {
    const liked = by('a', 1).map((message) => ({ ...message, likes: 10_000 }));
    assert.equal(
      heatOf(liked, window, DEFAULT_TOPIC_POLICY),
      heatOf(by('a', 1), window, DEFAULT_TOPIC_POLICY),
    );
  });
});

describe('growth against the season', () => {
  const week = { from: NOW - 7 * DAY, to: NOW };
  const daily = (from: number, to: number, perDay: number) =>
    Array.from({ length: Math.round(((to - from) / DAY) * perDay) }, (_, i) => from + (i * DAY) / perDay + 1);

  it('is not told without history', () => {
    assert.equal(growthOf([NOW], week, NOW - 20 * DAY, 28), null);
  });

  it('expects what the last weeks had, and calls far more unusual', () => {
    const before = daily(NOW - 63 * DAY, NOW - 7 * DAY, 2);
    const quiet = growthOf([...before, ...daily(week.from, week.to - HOUR, 2)], week, NOW - 63 * DAY, 28);
    assert.equal(quiet?.basis, 'lastWeeks');
    assert.ok(Math.abs(quiet!.expected - 14) < 0.2);
    assert.ok(!quiet!.unusual && quiet!.low < 14 && quiet!.high > 14 && quiet!.high < 25);
    const loud = growthOf([...before, ...daily(week.from, week.to - HOUR, 6)], week, NOW - 63 * DAY, 28);
    assert.equal(loud?.unusual, true);
  });

  it('expects every year what came in the same weeks of the year before', () => {
    const lastYear = daily(NOW - 364 * DAY - 14 * DAY, NOW - 364 * DAY + 7 * DAY, 5);
    const growth = growthOf([...lastYear, ...daily(week.from, week.to - HOUR, 5)], week, NOW - 500 * DAY, 28);
    assert.equal(growth?.basis, 'sameWeeksOfYear');
    assert.ok(Math.abs(growth!.expected - 35) < 3);
    assert.equal(growth?.unusual, false);
  });
});
