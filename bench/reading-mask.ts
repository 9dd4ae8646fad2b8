// Masking on made-up sentences: what of phones, identity cards, plates, bank cards, mail and names is left readable, and what is
// masked in sentences that hold none of them. `node bin/node.js bench/reading-mask.ts` prints it, and what was missed.
import { pathToFileURL } from 'node:url';
import { maskText } from '@gezhi/text';
import type { Line } from './report.ts';

const SENTENCES = 4_000;
const CLEAN = 2_000;
const SEED = 20_261_121;

export type MaskScore = {
  readonly secrets: number;
  readonly hidden: number;
  readonly clean: number;
  readonly alarms: number;
  readonly perSecond: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
};

export function benchMask(): Line[] {
  const score = measureMask(SEED);
  const recall = score.hidden / score.secrets;
  const alarms = score.alarms / score.clean;
  const sought = measureSought(SEED);
  return [
    {
      name: 'masking: recall of phones, ids, plates, cards, mail, names',
      ours: recall.toFixed(4),
      reference: '—',
      ratio: null,
      goal: '≥ 0.99',
      reached: recall >= 0.99,
      method: `${score.secrets} secrets in ${SENTENCES} made-up sentences, seed ${SEED}; hidden where no readable piece is left`,
    },
    {
      name: 'masking: sentences without, in which something was masked',
      ours: `${(alarms * 100).toFixed(2)} %`,
      reference: '—',
      ratio: null,
      goal: '≤ 1 %',
      reached: alarms <= 0.01,
      method: `${CLEAN} made-up sentences, the same seed; ${Math.round(score.perSecond).toLocaleString('en')} sentences/s`,
    },
    {
      name: 'masking: bare names of people who are sought (找张伟处理)',
      ours: (sought.hidden / sought.names).toFixed(4),
      reference: '—',
      ratio: null,
      goal: '—',
      reached: true,
      method: `${sought.names} made-up sentences with sure surnames, the same seed; rule and sentences are of one hand`,
    },
  ];
}

/** Hidden is a secret of which no three digits or no whole name can be read any more. */
export function measureMask(seed: number): MaskScore {
  const made = maker(seed);
  const missed: string[] = [];
  let secrets = 0;
  for (let i = 0; i < SENTENCES; i += 1) {
    const { text, secret } = sentenceWith(made);
    const { masked } = maskText(text);
    for (const one of secret) {
      secrets += 1;
      if (isReadable(masked, text, one)) missed.push(`${one}: ${text} → ${masked}`);
    }
  }
  const clean = Array.from({ length: CLEAN }, () => sentenceWithout(made));
  const from = performance.now();
  const wrong = clean
    .map((text) => [text, maskText(text)] as const)
    .filter(([, { found }]) => found.length > 0);
  const seconds = (performance.now() - from) / 1000;
  return {
    secrets,
    hidden: secrets - missed.length,
    clean: CLEAN,
    alarms: wrong.length,
    perSecond: CLEAN / seconds,
    missed,
    wrong: wrong.map(([text, { masked }]) => `${text} → ${masked}`),
  };
}

/** A piece of four signs of a number, or a name of which more than one character is left. */
function isReadable(masked: string, text: string, secret: string): boolean {
  if (masked.includes(secret)) return true;
  if (/^[\u4e00-\u9fff]+$/.test(secret)) return false;
  const pieces = secret.match(/[0-9０-９A-Za-z]{4}/g) ?? [];
  return pieces.some((piece) => occurrences(masked, piece) > occurrences(text.replaceAll(secret, ''), piece));
}

function occurrences(text: string, piece: string): number {
  return text.split(piece).length - 1;
}

type Maker = {
  readonly pick: <T>(list: readonly T[]) => T;
  readonly digits: (count: number) => string;
  readonly below: (limit: number) => number;
};

function maker(seed: number): Maker {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (list) => list[below(list.length)]!,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}

const words = (text: string): readonly string[] => text.split(' ');

/** The hundred most frequent surnames, each as often as the next, and some double ones. */
const SURNAMES = words(
  '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 司马 诸葛 上官',
);
const GIVEN = words(
  '伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 秀兰 建国 志强 海燕 晓东 春梅 玉兰 子涵 浩然 雨桐 梓轩 国庆 永红 丽华 文博 一诺 思远 佳怡 小红 红梅 建华 德明 爱国 淑珍 振华 金凤 国强 嘉豪 欣怡',
);
const ABOUT = words(
  '路灯不亮已经半个月 楼上漏水没人管 小区停水两天 夜里施工很吵 垃圾没有清运 路面塌了一个坑 电梯一直坏 门口乱停车 物业乱收费 工资拖欠三个月 下水道堵了 井盖没了',
);
const WHERE = words(
  '人民路12号3栋2单元501 桑园村三组水井旁 青溪街道办事处对面 幸福小区东门 高桥镇李家村 张家湾菜市场 石家庄路口 王府花园二期',
);

type Secret = { readonly text: string; readonly secret: readonly string[] };

function sentenceWith(made: Maker): Secret {
  const forms: readonly (() => Secret)[] = [
    () =>
      around(made, phone(made), [
        '联系电话：',
        '电话',
        '请回电',
        '手机号是',
        '打我电话 ',
        '联系我：',
        '拨打',
        '',
      ]),
    () => around(made, phone(made), ['，号码', '。tel:', '，有事打', '，座机', '，电话是 ']),
    () => around(made, identity(made), ['身份证号', '身份证：', '本人身份证号码为', '证件号 ', '']),
    () => around(made, plate(made), ['车牌', '车牌号：', '一辆', '那辆', '车号 ', '']),
    () => around(made, card(made), ['卡号', '银行卡号：', '工资卡 ', '请退到', '账户']),
    () =>
      around(
        made,
        `${made.pick(words('zhang li.wei made_up test-1 a2026'))}${made.digits(2)}@${made.pick(words('example.com mail.example.cn example.org'))}`,
        ['邮箱', '邮箱：', '发到'],
      ),
    () => titled(made),
    () => called(made),
    () => somebody(made),
  ];
  return made.pick(forms)();
}

function around(made: Maker, secret: string, before: readonly string[]): Secret {
  const tail = made.pick(['', '，谢谢', '。', '，请尽快处理', ' ', '；', '）', '的车主', '，急'] as const);
  const text = `${made.pick(WHERE)}${made.pick(ABOUT)}，${made.pick(before)}${secret}${tail}`;
  return { text, secret: [secret] };
}

function phone(made: Maker): string {
  const mobile = `1${made.pick(words('3 5 6 7 8 9'))}${made.digits(9)}`;
  const [a, b, c] = [mobile.slice(0, 3), mobile.slice(3, 7), mobile.slice(7)];
  const local = `${2 + made.below(7)}${made.digits(7)}`;
  const area = made.pick(words('010 021 0731 0572 0551 028'));
  return made.pick([
    mobile,
    `${a} ${b} ${c}`,
    `${a}-${b}-${c}`,
    `+86${mobile}`,
    `+86 ${a} ${b} ${c}`,
    `86-${mobile}`,
    `0086${mobile}`,
    mobile.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    `${area}-${local}`,
    `(${area})${local}`,
    `（${area}）${local}`,
    `${area} ${local}`,
    `${area}${local}`,
    `${area}-${local}转${made.digits(3)}`,
    `${area}-${local.slice(0, 4)}-${local.slice(4)}`,
    `${a}${b} ${c}`,
    `${a} ${b}${c}`,
    `${a}.${b}.${c}`,
    [...mobile].map((digit) => '零一二三四五六七八九'[Number(digit)]).join(''),
  ]);
}

function identity(made: Maker): string {
  const two = (low: number, count: number): string => String(low + made.below(count)).padStart(2, '0');
  const region = `${made.pick(words('11 31 33 43 44 51 61'))}${two(1, 9)}${two(1, 30)}`;
  const head = `${region}${1940 + made.below(70)}${two(1, 12)}${two(1, 28)}${made.digits(3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(head[i]), 0);
  const whole = `${head}${'10X98765432'[sum % 11]}`;
  const grouped = `${whole.slice(0, 6)} ${whole.slice(6, 14)} ${whole.slice(14)}`;
  const old = `${region}${two(30, 69)}${two(1, 12)}${two(1, 28)}${made.digits(3)}`;
  return made.pick([whole, whole, whole.toLowerCase(), grouped, old]);
}

function plate(made: Maker): string {
  const head = `${made.pick([...'京沪浙湘粤苏鲁川皖'])}${made.pick([...'ABCDEF'])}`;
  const sign = (): string => made.pick([...'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789']);
  const body = `${sign()}${made.digits(1)}${sign()}${made.digits(2)}`;
  return made.pick([
    `${head}${body}`,
    `${head}·${body}`,
    `${head} ${body}`,
    `${head}${made.pick([...'DF'])}${made.digits(5)}`,
    `${head}${made.digits(5)}${made.pick([...'DF'])}`,
    `${head}${made.digits(4)}${made.pick([...'挂学警'])}`,
    `粤Z${made.digits(4)}${made.pick([...'港澳'])}`,
    `${head}-${body}`,
  ]);
}

function card(made: Maker): string {
  const head = `${made.pick(words('6222 6217 6228 4367 5187 6230'))}${made.digits(made.pick([11, 14]))}`;
  const last = [...'0123456789'].find((digit) => luhnSum(head + digit) % 10 === 0)!;
  const whole = head + last;
  return made.pick([whole, whole.replace(/(\d{4})(?=\d)/g, '$1 '), whole.replace(/(\d{4})(?=\d)/g, '$1-')]);
}

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, i) => {
    const value = Number(digit) * (i % 2 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

function titled(made: Maker): Secret {
  const surname = made.pick(SURNAMES);
  const name = made.pick([surname, `${surname}${made.pick(GIVEN)}`]);
  const title = made.pick(words('先生 女士 老师 师傅 阿姨 大爷 大妈 小姐 医生 同学 老板 叔叔'));
  const text = made.pick([
    `${name}${title}反映${made.pick(ABOUT)}`,
    `${made.pick(WHERE)}的${name}${title}说${made.pick(ABOUT)}`,
    `${made.pick(ABOUT)}，请联系${name}${title}`,
    `找过${name}${title}，${made.pick(ABOUT)}`,
    `${made.pick(ABOUT)}。${name}${title}，${phoneless(made)}`,
    `业主${name}${title}来电，${made.pick(ABOUT)}`,
  ]);
  return { text, secret: [`${name}${title}`] };
}

function phoneless(made: Maker): string {
  return made.pick(['请回复', '住二楼', '急盼解决']);
}

function called(made: Maker): Secret {
  const name = `${made.pick(SURNAMES)}${made.pick(GIVEN)}`;
  const text = made.pick([
    `我叫${name}，${made.pick(ABOUT)}`,
    `您好，我叫${name}住在${made.pick(WHERE)}，${made.pick(ABOUT)}`,
    `${made.pick(ABOUT)}，联系人：${name}`,
    `${made.pick(ABOUT)}，联系人${name}，请处理`,
    `姓名：${name} 地址：${made.pick(WHERE)}`,
    `投诉人:${name}，${made.pick(ABOUT)}`,
    `${made.pick(ABOUT)}。申请人：${name}`,
    `${made.pick(ABOUT)}，我名字叫${name}。`,
    `${name}，13${made.digits(9)}，${made.pick(ABOUT)}`,
    `${made.pick(ABOUT)}（${name} 电话15${made.digits(9)}）`,
  ]);
  return { text, secret: [name] };
}

const SURE = words('王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 郭 罗 梁 宋 郑');

/** A full name with a sure surname that nothing but being sought says to be one; told apart, as it is no usual form. */
function measureSought(seed: number): {
  readonly names: number;
  readonly hidden: number;
  readonly missed: readonly string[];
} {
  const made = maker(seed);
  const missed: string[] = [];
  const names = 500;
  for (let i = 0; i < names; i += 1) {
    const name = `${made.pick(SURE)}${made.pick(GIVEN)}`;
    const text = made.pick([
      `${made.pick(ABOUT)}，找${name}`,
      `${made.pick(ABOUT)}，找${name}处理`,
      `让${name}接电话，${made.pick(ABOUT)}`,
      `${made.pick(ABOUT)}，问过${name}，没有结果`,
      `打给${name}不接，${made.pick(ABOUT)}`,
      `${made.pick(ABOUT)}，请联系${name}。`,
    ]);
    if (maskText(text).masked.includes(name)) missed.push(text);
  }
  return { names, hidden: names - missed.length, missed };
}

function somebody(made: Maker): Secret {
  const name = `${made.pick(SURNAMES)}${made.pick(words('某 某某 XX xx ** ××'))}`;
  const text = made.pick([
    `${name}打人，${made.pick(ABOUT)}`,
    `邻居${name}，${made.pick(ABOUT)}`,
    `${made.pick(ABOUT)}，是${name}干的`,
  ]);
  return { text, secret: [name] };
}

const OFFICES = words('王局长 李主任 张书记 陈镇长 刘所长 村委会 居委会 物业公司 街道办事处 城管局 派出所');
const DATES = words('2026年5月6日 2026-05-06 5月6日08:30 上周三 昨天夜里 2025年至2026年 20260506');
const SUMS = words('88881234元 3500元 1280.50元 6万元 120平方米 35户 1500米 2000吨');
const NUMBERS = words('12345 110 119 120 95598 96396 400-800-1234');
const THINGS = words(
  '订单号2026050612345678 工单20260506001234 合同编号HT20260012 受理编号1200000000014 发票号码60089371 房号3-2-501 第3幢12号',
);
const LOOKALIKES = words(
  '向老师反映过 请老师解决 任何老师都不管 语文老师 班主任老师 各位先生女士 于先前投诉 高层住户 方便居民 张贴通知 王府井大街 石家庄 张家界 马路边 周边居民 黄色垃圾桶 白天施工 陈旧设施 和谐社区 找张家湾村委会 找王府花园物业 联系黄河路居委会 让周边居民休息 问周一能否来 找郑州的公司 让宋河水变清 联系梁山家政 让李子树倒了 找黄龙洞景区 让朱红色的门 告诉周围邻居 找罗马假日小区 让杨树飞絮 问吴江区政府 打给徐州客服 让胡同通车 应该处理 从某个时候起 某小区 某部门 一位女士 有位先生 这位大爷 那个老板 老师傅们 林业局 水务局 江边公园 温泉路 万达广场 何时解决 何处投诉 别墅区 安全员 经理部 成立业委会 全体同学 高中同学 大学老师 保安师傅 公交司机师傅 物业经理 负责人不在 联系人不接电话 业主高度重视 业主方面 房东说 我姓名不便公开 我叫了车 我是业主 我是高中生 我是租客 车牌被遮挡 身份证丢了 银行卡被吞 邮箱写不进去 微信公众号 微信群里 QQ群 电话打不通 号码是空号',
);

function sentenceWithout(made: Maker): string {
  return made.pick([
    () => `${made.pick(DATES)}，${made.pick(WHERE)}${made.pick(ABOUT)}，${made.pick(LOOKALIKES)}。`,
    () => `${made.pick(LOOKALIKES)}，${made.pick(ABOUT)}，打${made.pick(NUMBERS)}也没用`,
    () => `${made.pick(OFFICES)}说${made.pick(DATES)}处理，${made.pick(ABOUT)}`,
    () => `${made.pick(THINGS)}，交了${made.pick(SUMS)}，${made.pick(LOOKALIKES)}`,
    () => `${made.pick(WHERE)}共${made.pick(SUMS)}，${made.pick(ABOUT)}。${made.pick(LOOKALIKES)}`,
  ])();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, ours, goal, method } of benchMask())
    console.log(`${name}: ${ours} (goal ${goal}; ${method})`);
  const { missed, wrong } = measureMask(SEED);
  for (const line of missed.slice(0, 40)) console.log(`missed ${line}`);
  for (const line of wrong.slice(0, 40)) console.log(`wrong  ${line}`);
}
