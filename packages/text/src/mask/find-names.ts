import type { Masked, MaskReason } from './masked.ts';
import {
  COMMON_SURNAMES,
  DOUBLE_SURNAMES,
  GIVEN_SIGNS,
  NO_NAMES,
  OTHER_SURNAMES,
  SURE_SURNAMES,
  WORD_ENDS,
} from './surnames.ts';

/**
 * Names of people in the forms that say they are names: a title behind (王女士, 张伟老师), 某 (李某某, 王**), a word before (我叫…, 姓名：…, 找…), a phone
 * or identity number beside. Whoever is named by an office (王局长) is left: what an office does is public. Takes text whose width
 * was folded and what was found in it already. Cost: a bounded look around each title, word and number.
 */
export function findNames(plain: string, numbers: readonly Masked[]): readonly Masked[] {
  return [
    ...beforeTitles(plain),
    ...withSomebody(plain),
    ...behindWords(plain),
    ...soughtFor(plain),
    ...besideNumbers(plain, numbers),
    ...inLatin(plain),
  ];
}

const TITLES =
  /先生(?!们)|女士(?!们)|小姐|太太(?!平)|夫人|老师|老師|师傅|師傅|师父|阿姨|大爷|大爺|大妈|大媽|大叔|大娘|大婶|大嫂|大伯|大哥(?!大)|大姐|叔叔|伯伯|奶奶|爷爷|爺爺|婆婆|嫂子|同志(?!们)|同学(?!们)|同學|医生|醫生|大夫|护士|護士|教授|律师(?![事费函])|律師|老板|老闆|老总|总经理|經理|经理|董事长|董事長|教练|保安|总监|总裁|总(?![共是之体部数会算公价量投面队局理经工站台值额统收需有想觉得爱结店督书司长耕招人高产供])|哥(?![哥弟们])|姐(?![姐妹夫])|叔(?!叔)|姨(?![妈夫])|婶|嫂(?!子)/g;

function beforeTitles(plain: string): Masked[] {
  return [...plain.matchAll(TITLES)].flatMap((title) => {
    let end = title.index;
    if (plain[end - 1] === ' ' && SURE_SURNAMES.has(plain[end - 2] ?? '')) end -= 1;
    const start = startOfName(plain, end);
    if (start === undefined) return [];
    return [{ what: 'name', start, end, because: 'titleBehind' } as const];
  });
}

/** Where the name begins that ends here: the longest of surname and up to two further characters that can be one. */
function startOfName(plain: string, end: number): number | undefined {
  const dotted = /[\u4e00-\u9fff]{2,6}(?:·[\u4e00-\u9fff]{2,6}){1,2}$/.exec(
    plain.slice(Math.max(0, end - 20), end),
  );
  if (dotted) return end - dotted[0].length;
  for (let length = 4; length >= 1; length -= 1) {
    const start = end - length;
    if (start < 0) continue;
    const name = plain.slice(start, end);
    if (canBeName(name, plain, start)) return start;
  }
  return undefined;
}

function canBeName(name: string, plain: string, start: number): boolean {
  const surname = surnameOf(name);
  if (surname === undefined) return false;
  const given = name.slice(surname.length);
  if (!canBeGiven(given) || NO_NAMES.has(name.slice(0, 2))) return false;
  const before = plain[start - 1] ?? '';
  if (surname.length === 2) return true;
  if (given === '' && NO_NAMES.has(before + surname)) return false;
  if (SURE_SURNAMES.has(surname)) return given === '' || !NO_NAMES.has(name.slice(-2));
  if (OFFICE.test(name)) return false;
  if (given === '' && PREPOSITIONS.has(surname)) return CALLED.has(before);
  if (!HAN.test(before) || CALLED.has(before)) return true;
  if (COMMON_SURNAMES.has(surname))
    return !WORD_ENDS.has(before + surname) && !(given !== '' && NO_NAMES.has(name.slice(-2)));
  return LEADERS.has(before) && before !== surname;
}

function surnameOf(name: string): string | undefined {
  const double = name.slice(0, 2);
  if (DOUBLE_SURNAMES.has(double)) return double;
  const [single = ''] = name;
  return name.length <= 3 &&
    (SURE_SURNAMES.has(single) || COMMON_SURNAMES.has(single) || OTHER_SURNAMES.has(single))
    ? single
    : undefined;
}

/** After these a surname may begin; after another character an ambiguous one is part of a word. */
const LEADERS = new Set(
  '的叫是找跟和与與给給请請姓位名让讓被问問由及、了说說到对對为為向我人系居主民户过'.split(''),
);
const OFFICE = /[部科场院厂店队委会司所处局股组房班校园]$/;
/** What begins a sentence before a title as well (向老师反映): a surname only where somebody is called so. */
const CALLED = new Set('姓叫找'.split(''));
const PREPOSITIONS = new Set('于向应應时時经經双雙关關连連全别国國公费費'.split(''));

/** Up to two characters that are no words of grammar. */
function canBeGiven(given: string): boolean {
  return /^[\u4e00-\u9fff]{0,2}$/.test(given) && ![...given].some((sign) => NEVER_GIVEN.has(sign));
}

const NEVER_GIVEN = new Set(
  (
    '的了是在有与與及或不也就还還这這那该該各某每位个個些我你他她它们們请請问問向对對给給让讓被把因由从從到等时時后後前内外左右去说說讲叫打电電话話找联聯系姓称稱' +
    '为為住已没沒未却都很太最更再将將要会會能可以并並但如若且做作办辦处處局厅廳员員师師先女士老阿市县縣区區省镇鎮乡鄉村街路巷号號栋棟楼樓层層室组組队隊' +
    '您吗嗎呢吧啊哦啦嘛的反映投诉訴举舉报報岁歲男本身份证證手机機收'
  ).split(''),
);

/** 王某, 李某某, 张XX, 刘**: written so by somebody who meant to leave it out; the surname goes too. */
function withSomebody(plain: string): Masked[] {
  const some = /某(?:某|[一-十甲乙丙丁A-D](?![\u4e00-\u9fff]))?|[*]{1,3}|[xX×]{1,3}(?![A-Za-z0-9])/g;
  return [...plain.matchAll(some)].flatMap((match) => {
    const single = plain[match.index - 1] ?? '';
    const double = plain.slice(Math.max(0, match.index - 2), match.index);
    const end = match.index + match[0].length;
    const start = DOUBLE_SURNAMES.has(double) ? match.index - 2 : match.index - 1;
    const before = plain[start - 1] ?? '';
    const sure = DOUBLE_SURNAMES.has(double) || SURE_SURNAMES.has(single);
    const common =
      COMMON_SURNAMES.has(single) && !PREPOSITIONS.has(single) && !WORD_ENDS.has(before + single);
    const free = !HAN.test(before) || LEADERS.has(before);
    const other = free && (COMMON_SURNAMES.has(single) || OTHER_SURNAMES.has(single));
    const twice = match[0].length > 1 || !PREPOSITIONS.has(single);
    if (!sure && !common && !(other && twice && (COMMON_SURNAMES.has(single) || match[0][0] === '某')))
      return [];
    if (
      /^(?:[些个個种種路街区區市县村镇小栋号楼年月日点分元]|公司|项目|单位|社区)/.test(
        plain.slice(end, end + 2),
      )
    )
      return [];
    const further = /^[\u4e00-\u9fff](?=[,。,.;、)( ]|$)/.exec(plain.slice(end, end + 2));
    const last =
      match[0] === '某' && further && !NEVER_GIVEN.has(further[0]) && further[0] !== '人' ? end + 1 : end;
    return [{ what: 'name', start, end: last, because: 'leftOutByWriter' } as const];
  });
}

const HAN = /[\u4e00-\u9fff]/;

/** Words that a name follows at once. */
const STRONG =
  /(?:我(?:的名字)?叫(?:做)?|我名叫|(?<![家款种店司个间条部])名叫|名字(?:是|叫)|本人(?:姓名)?叫|真实姓名|姓名|全名|我姓|免贵姓|(?<!老百|百)姓|联系人|聯繫人|联络人|收件人|收货人|经办人|持卡人|户名|开户名|身份证名|署名|落款|(?:妻子|丈夫|老公|老婆|爱人|儿子|女儿|父亲|母亲|爸爸|妈妈|哥哥|弟弟|姐姐|妹妹|孩子|小孩|孙子|孙女|邻居|老人|男子|女子|同事|朋友|房东|老板|学生|业主|租客|村民|居民|司机)(?:名)?叫(?:做)?)[ 是为為叫:;("“]{0,4}/g;

/** Words that a name follows behind a colon, 是 or 为, not at once: 业主高度重视 names nobody. */
const WEAK =
  /(?:姓名|名字|联系人|业主|業主|户主|戶主|当事人|當事人|举报人|舉報人|投诉人|投訴人|申请人|申請人|反映人|报案人|来电人|来信人|诉求人|求助人|留言人|市民|被投诉人|被举报人|法人|法人代表|法定代表人|代理人|负责人|负责人员|责任人|监护人|家长|房东|租户|租客|患者|病人|伤者|死者|受害人|受害者|原告|被告|嫌疑人|驾驶员|驾驶人|司机|车主|学生|老人|孩子|村民|居民|邻居|签名|签字|本人|经手人|介绍人|证人|委托人|死亡人|参保人|纳税人|店主|老板|包工头|承包人|施工方|退休职工|寄件人|乘客)(?: ?[:：] ?|是|为|為|叫| )["“]?/g;

const I_AM = /(?:我是|本人是|我就是|本人) ?/g;

function behindWords(plain: string): Masked[] {
  return [
    ...[...plain.matchAll(STRONG)].map((match) => nameFrom(plain, match.index + match[0].length, 'loose')),
    ...[...plain.matchAll(WEAK)].map((match) =>
      nameFrom(plain, match.index + match[0].length, /[:：]/.test(match[0]) ? 'loose' : 'strict'),
    ),
    ...[...plain.matchAll(I_AM)].map((match) => nameFrom(plain, match.index + match[0].length, 'strict')),
  ].filter((one) => one !== undefined);
}

/** 找张伟, 让李娜接电话: whoever is sought or spoken to by name, with nothing else that says so. */
const SOUGHT =
  /(?:找(?:一下|到)?|打给|转告|告诉|交给|拜托|联系(?:一下|上)?|让|喊|问(?:一下|过)?)(?=[\u4e00-\u9fff])/g;

/** What somebody sought is asked to do, or where the name ends. */
const ASKED =
  /^(?:$|[\s,.;:!?、。()（）"”“]|接|处理|负责|来|说|谈|反映|解决|帮|办|回|吧|呢|吗|了|也|他|她|都|没|不|家|签|看|那)/;

/** A name of which all is as names are: a sure surname, given by characters that names are made of, ending where a name may. */
function soughtFor(plain: string): Masked[] {
  return [...plain.matchAll(SOUGHT)].flatMap((match) => {
    const start = match.index + match[0].length;
    const surname = surnameOf(plain.slice(start, start + 1));
    if (!surname || !SURE_SURNAMES.has(surname) || NO_NAMES.has(plain.slice(start, start + 2))) return [];
    for (const length of [2, 1]) {
      const given = plain.slice(start + 1, start + 1 + length);
      const end = start + 1 + length;
      const isGiven = given.length === length && [...given].every((sign) => GIVEN_SIGNS.has(sign));
      if (isGiven && ASKED.test(plain.slice(end, end + 2))) return [nameAt(start, end)];
    }
    return [];
  });
}

/** What may stand behind a name that ends where nothing else says so. */
const BOUNDARY = /^(?:$|[\s,.;:!?、。()（）"”“/|<*+\d-]|[A-Za-z]|电话|手机|联系|身份证|住|男|女)/;

/**
 * The name that begins here. `loose`: only a name can stand here, so that any surname will do, and the second character of the given name
 * counts unless it is a word of grammar. `strict`: something else may stand here too, so that the surname must be a sure one and the
 * name must end where a phrase does.
 */
function nameFrom(plain: string, start: number, how: 'loose' | 'strict'): Masked | undefined {
  const dotted = /^[\u4e00-\u9fff]{1,7}(?:·[\u4e00-\u9fff]{1,8}){1,3}/.exec(plain.slice(start, start + 36));
  if (dotted) return nameAt(start, start + dotted[0].length);
  const stated =
    how === 'loose' &&
    /(?:姓名|户名|收件人|收货人) ?: ?["“]?$/.test(plain.slice(Math.max(0, start - 8), start));
  const whole = stated && /^[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])/.exec(plain.slice(start, start + 5));
  if (whole && !/^(?:匿名|不详|保密|未知|不便|无|暂无|同上)/.test(whole[0]))
    return nameAt(start, start + whole[0].length);
  const surname = surnameOf(plain.slice(start, start + 2)) ?? surnameOf(plain.slice(start, start + 1));
  if (surname === undefined || NO_NAMES.has(plain.slice(start, start + 2))) return undefined;
  if (how === 'strict' && surname.length === 1 && !SURE_SURNAMES.has(surname)) return undefined;
  const first = start + surname.length;
  let end = first;
  while (end < first + 2 && HAN.test(plain[end] ?? '') && !NEVER_GIVEN.has(plain[end]!)) end += 1;
  if (
    /^(?:局长|局長|主任|书记|書記|镇长|鎮長|科长|科長|处长|處長|所长|所長|市长|县长|乡长|区长|警官|站长|队长|村长|法官|部长|委员)/.test(
      plain.slice(first, first + 2),
    )
  )
    return undefined;
  const rest = plain.slice(end, end + 3);
  if (how === 'strict' && (end === first || !BOUNDARY.test(rest))) return undefined;
  if (end === first && !BOUNDARY.test(rest) && !/^[,的,某*xX×]/.test(rest)) return undefined;
  return nameAt(start, end);
}

function nameAt(start: number, end: number, because: MaskReason = 'wordBefore'): Masked {
  return { what: 'name', start, end, because };
}

/** 张伟 138…, 张伟（身份证…）, 138…（张伟）: whoever stands alone beside a phone or an identity number. */
function besideNumbers(plain: string, numbers: readonly Masked[]): Masked[] {
  return numbers.flatMap(({ what, start, end }) => {
    if (what === 'plate' || what === 'email') return [];
    const before =
      /(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})[ ,:;、(（]{0,3}(?:(?:的)?(?:联系)?(?:电话|手机|手机号|手机号码|身份证|身份证号|身份证号码|号码|电话号码|卡号|微信|银行卡号)(?:是|为)?[ :]{0,2})?$/.exec(
        plain.slice(Math.max(0, start - 24), start),
      );
    const after = /^[ ,(（]{1,2}([\u4e00-\u9fff]{2,4})(?=[ ,.;。、)）]|$)/.exec(plain.slice(end, end + 8));
    const found: Masked[] = [];
    if (before && isFullName(before[1]!)) {
      const from = Math.max(0, start - 24) + before.index + before[0].indexOf(before[1]!);
      found.push(nameAt(from, from + before[1]!.length, 'numberBeside'));
    }
    if (after && isFullName(after[1]!)) {
      const from = end + after[0].indexOf(after[1]!);
      found.push(nameAt(from, from + after[1]!.length, 'numberBeside'));
    }
    return found;
  });
}

function isFullName(name: string): boolean {
  const surname = surnameOf(name);
  if (surname === undefined || NO_NAMES.has(name.slice(0, 2)) || NO_NAMES.has(name.slice(-2))) return false;
  const given = name.slice(surname.length);
  return given.length >= 1 && canBeGiven(given);
}

/** Mr. Smith, my name is Ann Smith. */
function inLatin(plain: string): Masked[] {
  const titled = /\b(?:Mr|Mrs|Ms|Miss|Mx)\b\.? {1,2}([A-Z][A-Za-z'-]{1,24}(?: [A-Z][A-Za-z'-]{1,24})?)/dg;
  const called =
    /\b(?:[Mm]y name is|[Nn]ame ?:|[Cc]ontact ?:) {0,2}([A-Z][A-Za-z'-]{1,24}(?: [A-Z][A-Za-z'.-]{0,24}){0,2})/dg;
  return [titled, called].flatMap((pattern) =>
    [...plain.matchAll(pattern)].map((match) => {
      const [start, end] = match.indices![1]!;
      return nameAt(start, end, pattern === titled ? 'titleBehind' : 'wordBefore');
    }),
  );
}
