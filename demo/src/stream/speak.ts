import { DAY, HOUR, type Instant } from '@gezhi/basis';
import type { Random } from '../random.ts';
import { type Weather, ZONE_OFFSET } from './almanac.ts';
import type { Spot } from './ground.ts';
import type { Channel, KindCode } from './happening.ts';
import type { Matter, Phrases } from './matter.ts';
import { PHRASES } from './phrases.ts';
import * as talk from './small-talk.ts';
import type { Where } from './where.ts';

export type Telling = {
  readonly random: Random;
  readonly at: Instant;
  readonly weather: Weather;
  readonly kind: KindCode;
  readonly channel: Channel;
  readonly spot: Spot;
  readonly where: Pick<Where, 'said' | 'home'>;
  readonly relative: boolean;
};

/** One of the things that a kind is about, which suits the grid and the weather. Inquiries are about none. */
export function matterOf(kind: KindCode, spot: Spot, weather: Weather, random: Random): Matter | undefined {
  if (kind === 'other.inquiry') return undefined;
  const fitting = PHRASES[kind].matters.filter((matter) => !(matter.urban && spot.rural));
  return random.weighted(fitting.map((matter) => [matter, matter.storm && weather.storm ? 5 : 1] as const));
}

/** The words of a first report or of a duplicate. */
export function say(telling: Telling, matter: Matter | undefined): string {
  const { random, kind } = telling;
  if (kind === 'other.inquiry' || !matter) return sayInquiry(telling);
  const phrases = PHRASES[kind];
  const problem = choose(telling, matter.problem);
  const detail = choose(telling, random.chance(0.75) ? matter.detail : phrases.detail);
  if (telling.channel === 'grid') return sayPatrol(telling, problem, detail);
  const effect = choose(telling, matter.effect ?? phrases.effect);
  const ask = random.chance(0.55) ? random.pick(talk.ASKS) : choose(telling, phrases.ask);
  const lasting = /[天次回年月]/.test(problem + detail);
  const when = !lasting && random.chance(0.6) ? timeWords(random, telling.at) : '';
  return ordered(telling, { problem, detail, effect, ask, when });
}

export function saySuggestion(telling: Telling, matter: Matter, phrases: Phrases): string {
  const place = telling.where.said || telling.spot.community;
  return `${opening(telling, talk.INQUIRY_OPENINGS)}${place}${matter.short}是常有的事，${choose(telling, phrases.suggestion)}。`;
}

type Pieces = Readonly<Record<'problem' | 'detail' | 'effect' | 'ask' | 'when', string>>;

function ordered(telling: Telling, { problem, detail, effect, ask, when }: Pieces): string {
  const { random, where } = telling;
  const spoken = isSpoken(telling.channel);
  const open = opening(telling, spoken ? talk.PHONE_OPENINGS : talk.WRITTEN_OPENINGS);
  const touch = random.chance(0.18) ? random.pick(talk.TOUCHES) : '';
  const place = where.said === '' ? random.pick(talk.VAGUE) : where.said;
  const here = where.home && where.said ? `我住在${place}，` : `就在${place}，`;
  switch (random.int(spoken ? 6 : 8)) {
    case 0:
      return `${open}${place}${when}${problem}，${detail}。${effect}，${ask}${touch}。`;
    case 1:
      return `${open}${when}${when && '，'}${place}${problem}。${effect}，${ask}。`;
    case 2:
      return `${open}${here}${when}${problem}，${detail}${touch}。${ask}。`;
    case 3:
      return `${open}${ask}，${place}${problem}，${effect}。${detail}。`;
    case 4:
      return `${open}是${place}${/这里|这边|那边$/.test(place) ? '' : '这边'}，${problem}${touch}。${detail}，${effect}。`;
    case 5:
      return `${open}${place}${problem}，${detail}，${effect}，${ask}。`;
    case 6:
      return `${place}${problem}。${detail}。`;
    default:
      return `${place}，${problem}，${ask}。`;
  }
}

function isSpoken(channel: Channel): boolean {
  return channel === 'phone' || channel === 'hotlineDesk';
}

function opening({ random, relative }: Telling, openings: readonly string[]): string {
  const open = random.pick(openings);
  if (!relative) return open;
  const who = random.pick(talk.RELATIVES);
  return `${open}${random.pick([`我替${who}说一声，`, `${who}不会用手机，我帮着反映，`, `${who}让我打的电话，`])}`;
}

function sayPatrol({ random, where, spot }: Telling, problem: string, detail: string): string {
  const end = random.chance(0.25) ? detail : random.pick(talk.PATROL_ENDS);
  return `${random.pick(talk.PATROL)}：${where.said || spot.community}${problem}，${end}。`;
}

function sayInquiry(telling: Telling): string {
  const { random, spot } = telling;
  const place = random.chance(0.3) ? `我是${spot.community}的，` : '';
  const ask = random.pick(['', '请问', '想问一下，', '咨询一下，', '问一声，']);
  return `${opening(telling, talk.INQUIRY_OPENINGS)}${place}${ask}${random.pick(talk.INQUIRIES)}${random.pick(talk.INQUIRY_ENDS)}`;
}

/** The words of somebody who comes back with the same matter, `days` later, before or after it was said to be done. */
export function sayAgain(telling: Telling, matter: Matter, days: number, done: boolean): string {
  const { random, where, spot } = telling;
  const place = where.said || spot.community;
  const what = `${place}${matter.short}`;
  const before = days < 1 ? '早先' : days < 2 ? '昨天' : `${days}天前`;
  const open = opening(telling, isSpoken(telling.channel) ? talk.PHONE_OPENINGS : talk.WRITTEN_OPENINGS);
  const ask = random.pick(talk.ASKS);
  const problem = choose(telling, matter.problem);
  const lines = done
    ? [
        `${open}你们说${what}的事办好了，其实没弄好，${ask}。`,
        `${open}${before}反映的${matter.short}，来看了一下，又老样子了。${ask}。`,
        `${open}还是${what}的事，修了没两天又这样，${ask}。`,
        `${open}短信说办结了，${what}根本没解决，我不认可。`,
        `${open}${what}，你们结了案，可是今天又${problem.replace(/^又/, '')}，${ask}。`,
      ]
    : [
        `${open}${before}我打过电话，${what}，到现在没人来，${ask}。`,
        `${open}催一下，${what}的事有进展吗？`,
        `${open}我上次反映的${matter.short}，怎么一点动静都没有，${ask}。`,
        `${open}${what}，${before}就报了，今天更厉害了，${ask}。`,
        `${open}还是那个事，${place}${problem}，能不能快点。`,
        `${open}补充一下${before}说的${matter.short}：位置在${place}，${choose(telling, matter.detail)}。`,
      ];
  return random.pick(lines);
}

function hourOf(at: Instant): number {
  return Math.floor(((at + ZONE_OFFSET) % DAY) / HOUR);
}

function timeWords(random: Random, at: Instant): string {
  const hour = hourOf(at);
  if (random.chance(0.35))
    return random.pick(['这两天', '最近', '从前天开始', '这个礼拜', '连着好几天', '上个月到现在']);
  if (hour < 5) return random.pick(['大半夜的', `凌晨${'零一二三四'[hour]!}点`, '这个点了', '今天夜里']);
  if (hour < 9) return random.pick(['今天一早', '早上起来', '今天早上', '天刚亮']);
  if (hour < 12) return random.pick(['今天上午', '刚才', '早上到现在', '昨天晚上']);
  if (hour < 18) return random.pick(['今天中午开始', '刚刚', '下午', '从早上到现在']);
  return random.pick(['今天傍晚', '天黑以后', '晚上', '这会儿', '刚才吃晚饭的时候']);
}

/** One piece that suits the season, the hour and the place, with its slots filled. Every list has pieces without a mark. */
function choose(telling: Telling, list: readonly string[]): string {
  for (;;) {
    const piece = telling.random.pick(list);
    if (piece[1] !== ':') return fill(piece, telling);
    if (suits(piece[0]!, telling)) return fill(piece.slice(2), telling);
  }
}

function suits(mark: string, { weather, at, spot }: Telling): boolean {
  const hour = hourOf(at);
  switch (mark) {
    case '夏':
      return weather.month >= 6 && weather.month <= 9;
    case '冬':
      return weather.month === 12 || weather.month <= 2;
    case '年':
      return weather.toFestival !== undefined && weather.toFestival >= 0;
    case '雨':
      return weather.storm !== undefined;
    case '夜':
      return hour >= 21 || hour < 6;
    case '城':
      return !spot.rural;
    case '乡':
      return spot.rural;
    default:
      throw new RangeError(`unknown mark ${mark}`);
  }
}

const VEHICLES = [
  '白色面包车',
  '黑色越野车',
  '银色小轿车',
  '红色三轮车',
  '蓝色货车',
  '绿牌电车',
  '工程车',
  '旧皮卡',
];
const NUMERALS = [...'两三四五六七八九'];
const SUMS = ['千块', '千多块', '万块', '万二', '万五'];

function fill(piece: string, { random, spot }: Telling): string {
  if (!piece.includes('{')) return piece;
  return piece.replace(/\{([^}]+)\}/g, (_, slot: string) => {
    switch (slot) {
      case '幢':
        return String(1 + random.int(18));
      case '楼':
        return String(3 + random.int(spot.rural ? 2 : 22));
      case '天':
        return random.pick(NUMERALS);
      case '数':
        return random.pick(NUMERALS.slice(1));
      case '钱':
        return `${1 + random.int(9)}${random.pick(SUMS)}`;
      case '人数':
        return random.pick(['十几', '二十', '七八', '三十', '五六']);
      case '车':
        return random.pick(VEHICLES);
      case '店':
        return spot.shops.length > 0 ? random.pick(spot.shops).name.replace(/（.*/, '') : '边上小店';
      default:
        throw new RangeError(`unknown slot {${slot}}`);
    }
  });
}
