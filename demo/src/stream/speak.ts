import { DAY, HOUR, type Instant } from '@gezhi/basis';
import type { Random } from '../random.ts';
import { ZONE_OFFSET } from './almanac.ts';
import type { Spot } from './ground.ts';
import type { Channel, KindCode } from './happening.ts';
import { ASKS, INQUIRIES, PHRASES, SUGGESTIONS } from './phrases.ts';

export type Said = { readonly words: string; readonly short: string };
export type Scene = {
  readonly random: Random;
  readonly at: Instant;
  readonly kind: KindCode;
  readonly channel: Channel;
  readonly spot: Spot;
  /** How the place is called in the sentence; empty where it is not said. */
  readonly where: string;
  readonly relative: boolean;
  readonly suggestion: boolean;
};

/** The words of a first report or of a duplicate. */
export function say(scene: Scene): Said {
  if (scene.kind === 'other.inquiry') return sayInquiry(scene);
  const { random, kind, where } = scene;
  const phrases = PHRASES[kind];
  const short = random.pick(phrases.short);
  if (scene.suggestion)
    return { words: `${opening(scene)}${where}${short}是常事，${random.pick(SUGGESTIONS)}。`, short };
  const problem = fill(random.pick(phrases.problem), scene);
  const detail = fill(random.pick(phrases.detail), scene);
  const effect = fill(random.pick(phrases.effect), scene);
  const ask = random.chance(0.55) ? random.pick(ASKS) : random.pick(phrases.ask);
  if (scene.channel === 'grid') return { words: sayPatrol(scene, problem, detail), short };
  const when = random.chance(0.6) ? timeWords(random, scene.at) : '';
  return { words: ordered(scene, { problem, detail, effect, ask, when }), short };
}

type Pieces = Readonly<Record<'problem' | 'detail' | 'effect' | 'ask' | 'when', string>>;

function ordered(scene: Scene, { problem, detail, effect, ask, when }: Pieces): string {
  const { random, where } = scene;
  const open = opening(scene);
  const touch = random.chance(0.18) ? random.pick(TOUCHES) : '';
  const place = where === '' ? random.pick(VAGUE) : where;
  const order = scene.channel === 'phone' || scene.channel === 'hotlineDesk' ? random.int(6) : random.int(8);
  switch (order) {
    case 0:
      return `${open}${place}${when}${problem}，${detail}。${effect}，${ask}${touch}。`;
    case 1:
      return `${open}${when}${when && '，'}${place}${problem}。${effect}，${ask}。`;
    case 2:
      return `${open}我住在${place}，${when}${problem}，${detail}${touch}。${ask}。`;
    case 3:
      return `${open}${ask}，${place}${problem}，${effect}。${detail}。`;
    case 4:
      return `${open}是${place}这边，${problem}${touch}。${detail}，${effect}。`;
    case 5:
      return `${open}${place}${problem}，${detail}，${effect}，${ask}。`;
    case 6:
      return `${place}${problem}。${detail}。`;
    default:
      return `${place}，${problem}，${ask}。`;
  }
}

const PHONE_OPENINGS = [
  '喂，你好，',
  '你好，',
  '您好，我想反映个事情，',
  '12345吗？',
  '喂，',
  '同志你好，',
  '哎你好，我跟你说，',
  '您好，',
  '那个，我问一下，',
  '师傅，',
  '你们好，我要投诉，',
  '我反映一下，',
];
const WRITTEN_OPENINGS = ['', '', '', '您好，', '反映一个问题：', '领导好，', '你好！', '求助：'];
const RELATIVES = ['我妈', '我爸', '我奶奶', '我外公', '我丈母娘', '我叔叔', '我姑妈', '隔壁阿婆'];
const TOUCHES = [
  '，晓得伐',
  '，真的吃不消',
  '哦',
  '嘞',
  '，我讲的都是实话',
  '，你说气不气',
  '，没办法才打的电话',
  '，侬讲是不是',
  '咯',
  '，老是这样子',
];
const VAGUE = ['我们这里', '我家门口', '我们小区', '这边', '我们村里', '楼下', '老地方那边'];

function opening(scene: Scene): string {
  const { random, channel } = scene;
  const spoken = channel === 'phone' || channel === 'hotlineDesk';
  const open = random.pick(spoken ? PHONE_OPENINGS : WRITTEN_OPENINGS);
  if (!scene.relative) return open;
  const who = random.pick(RELATIVES);
  return `${open}${random.pick([`我替${who}说一声，`, `${who}不会用手机，我帮着反映，`, `${who}让我打的电话，`])}`;
}

const PATROL = [
  '巡查发现',
  '入户走访时居民反映',
  '日常巡查中发现',
  '接居民当面反映',
  '网格巡查',
  '微信群里有居民反映',
];

function sayPatrol({ random, where, spot }: Scene, problem: string, detail: string): string {
  const place = where || spot.community;
  const tail = random.pick([
    '现场已拍照',
    '网格内无法解决，上报',
    '已做简单警示',
    '请职能部门处置',
    `${detail}`,
  ]);
  return `${random.pick(PATROL)}：${place}${problem}，${tail}。`;
}

function sayInquiry(scene: Scene): Said {
  const { random } = scene;
  const [question, short] = random.pick(INQUIRIES);
  const place = random.chance(0.3) ? `我是${scene.spot.community}的，` : '';
  const end = random.pick([
    '？',
    '？谢谢',
    '啊？',
    '？网上没查到',
    '？我跑了一趟没办成',
    '？麻烦说详细点',
    '，打电话没人接',
  ]);
  const ask = random.pick(['', '请问', '想问一下', '咨询一下，', '问一声，']);
  return { words: `${opening(scene)}${place}${ask}${question}${end}`, short };
}

/** The words of somebody who comes back with the same matter, `days` later. */
export function sayAgain(scene: Scene, short: string, days: number, done: boolean): string {
  const { random } = scene;
  const place = scene.where || scene.spot.community;
  const before = days < 1 ? '今天' : days < 2 ? '昨天' : `${days}天前`;
  const open = opening({ ...scene, relative: false });
  const ask = random.pick(ASKS);
  const lines = done
    ? [
        `${open}你们说${place}${short}的事办好了，其实没弄好，${ask}。`,
        `${open}${before}反映的${short}，来看了一下，又老样子了。${ask}。`,
        `${open}还是${place}${short}的事，修了没两天又这样，${ask}。`,
        `${open}短信说办结了，${place}${short}根本没解决，我不认可。`,
      ]
    : [
        `${open}${before}我打过电话，${place}${short}，到现在没人来，${ask}。`,
        `${open}催一下，${place}${short}的事有进展吗？`,
        `${open}我上次反映的${short}，怎么一点动静都没有，${ask}。`,
        `${open}${place}${short}，${before}就报了，今天更厉害了，${ask}。`,
        `${open}还是那个事，${place}${short}，能不能快点。`,
        `${open}补充一下${before}说的${short}：位置在${place}，${ask}。`,
      ];
  return random.pick(lines);
}

function timeWords(random: Random, at: Instant): string {
  const hour = Math.floor(((((at + ZONE_OFFSET) % DAY) + DAY) % DAY) / HOUR);
  if (random.chance(0.35))
    return random.pick(['这两天', '最近', '从前天开始', '这个礼拜', '连着好几天', '上个月到现在']);
  if (hour < 5)
    return random.pick([
      '大半夜的',
      `凌晨${hour === 0 ? '零' : '一二三四'[hour - 1]}点`,
      '这个点了',
      '今天夜里',
    ]);
  if (hour < 9) return random.pick(['今天一早', '早上起来', '今天早上', '早上上班的时候']);
  if (hour < 12) return random.pick(['今天上午', '刚才', '早上到现在', '昨天晚上']);
  if (hour < 18) return random.pick(['今天中午开始', '刚刚', '下午', '从早上到现在']);
  return random.pick(['今天傍晚', '下班回来', '晚上', '这会儿', '刚才吃晚饭的时候']);
}

const COLOURS = ['白色面包车', '黑色越野车', '银色小轿车', '红色三轮车', '蓝色货车', '绿牌电车', '工程车'];
const HANS = '两三四五六七八九';

function fill(template: string, { random, spot }: Scene): string {
  return template.replace(/\{([^}]+)\}/g, (_, slot: string) => {
    switch (slot) {
      case '幢':
        return String(1 + random.int(18));
      case '单元':
        return String(1 + random.int(3));
      case '楼':
        return String(3 + random.int(spot.rural ? 2 : 22));
      case '天':
        return HANS[random.int(HANS.length)]!;
      case '数':
        return HANS[random.int(HANS.length)]!;
      case '钱':
        return `${1 + random.int(9)}${random.pick(['千', '千多', '万', '万二', '万五'])}`;
      case '人数':
        return random.pick(['十几', '二十', '七八', '三十', '五六']);
      case '车牌':
        return random.pick(COLOURS);
      case '店':
        return spot.shops.length > 0 ? random.pick(spot.shops).name.replace(/（.*/, '') : '边上小店';
      default:
        throw new RangeError(`unknown slot {${slot}}`);
    }
  });
}
