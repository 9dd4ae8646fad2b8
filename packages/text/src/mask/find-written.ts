import type { Masked, MaskSort } from './masked.ts';

/** What is recognised by letters: e-mail, plates, WeChat and QQ ids, passports. Takes text whose width was folded. */
export function findWritten(plain: string): readonly Masked[] {
  return [
    ...findEmails(plain),
    ...PATTERNS.flatMap(({ what, pattern, because }) =>
      [...plain.matchAll(pattern)].map((match): Masked => {
        const [start, end] = match.indices!.groups!.it!;
        return { what, start, end, because };
      }),
    ),
  ];
}

const PROVINCES = '京津沪渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊';

/**
 * GA 36: province, office, five signs (six for new energy, of which D or F stands first or last), or four and 挂 学 警 港 澳 试 超. No I and
 * no O, which people write all the same. A digit must be among them, or 云A and five letters would be a word.
 */
const PLATE = `[${PROVINCES}]\\s?[A-Za-z][\\s·•.-]{0,2}(?=[A-Za-z ·-]{0,6}\\d)(?:[A-Za-z0-9]{4}[挂掛学學警港澳试試超]|[A-Za-z0-9]{2,3}[ ·-]?[A-Za-z0-9]{3}|[A-Za-z0-9]{5,6})(?![A-Za-z0-9])`;

const PATTERNS: readonly { what: MaskSort; pattern: RegExp; because: Masked['because'] }[] = [
  { what: 'plate', pattern: new RegExp(`(?<it>${PLATE})`, 'dg'), because: 'shape' },
  {
    what: 'plate',
    pattern: /(?<it>使\s?\d{6}(?!\d)|(?<!\d)\d{6}\s?使(?!用)|WJ\s?[\u4e00-\u9fff]?\s?\d{5})/dg,
    because: 'shape',
  },
  {
    what: 'wechat',
    pattern:
      /(?:微信|薇信|威信|微x|wechat|weixin|(?<![A-Za-z])(?:wx|vx|v信))(?:号码|号|號|id|account)?[ 是为為:,(“"]{0,4}(?<it>[A-Za-z][\w-]{5,19})(?![\w-])/dgi,
    because: 'wordBefore',
  },
  {
    what: 'qq',
    pattern:
      /(?:(?<![A-Za-z])qq|扣扣|企鹅)(?:群|邮箱)?(?:号码|号|號)?[ 是为為:,(“"]{0,4}(?<it>[1-9]\d{4,10})(?!\d)/dgi,
    because: 'wordBefore',
  },
  {
    what: 'wechat',
    pattern:
      /(?:微信|薇信|威信|wechat|weixin|(?<![A-Za-z])(?:wx|vx|v信))(?:号码|号|號|id|account)?[ 是为為:,(“"]{0,4}(?<it>\d{5,20})(?!\d)/dgi,
    because: 'wordBefore',
  },
  {
    what: 'passport',
    pattern:
      /(?:护照|護照|通行证|通行證|passport)(?:号码|号|號|编号|number|no)?[ 是为為:.,(]{0,4}(?<it>[A-Za-z]{1,2}\d{7,9})(?![A-Za-z0-9])/dgi,
    because: 'wordBefore',
  },
];

/** Around every @: at most 64 signs before it and a domain of at most 255 behind it (RFC 5321). */
function findEmails(plain: string): Masked[] {
  const found: Masked[] = [];
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
    const before = /[\w.%+-]{1,64}$/.exec(plain.slice(Math.max(0, at - 64), at));
    const after = /^ ?(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}/.exec(plain.slice(at + 1, at + 256));
    if (before && after)
      found.push({
        what: 'email',
        start: at - before[0].length,
        end: at + 1 + after[0].length,
        because: 'shape',
      });
  }
  return found;
}
