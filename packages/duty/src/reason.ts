/**
 * One step of why. `code` is stable, `data` holds codes (of units, posts, places, kinds) and the legal basis, never words of
 * a resident; `sayReason` turns it into a sentence that residents and staff both read.
 */
export type Reason = { readonly code: ReasonCode; readonly data: Readonly<Record<string, string>> };

export type Language = 'zh' | 'en';

/** Gives the name of a code; the code itself where it knows none. `field` says what the code is of: unit, post, place, kind, layer. */
export type NameOf = (field: string, code: string) => string;

type Say = (field: string) => string;

export function sayReason(reason: Reason, language: Language, nameOf: NameOf = (_, code) => code): string {
  const say: Say = (field) => {
    const value = reason.data[field];
    if (value === undefined) return '';
    const named = value.split(';').map((code) => nameOf(NAMED_AS[field] ?? field, code));
    return named.join(language === 'zh' ? '、' : ', ');
  };
  return SENTENCES[reason.code][language](say, reason.data);
}

const NAMED_AS: Readonly<Record<string, string>> = {
  about: 'unit',
  instead: 'unit',
  units: 'unit',
  posts: 'post',
  above: 'unit',
  layers: 'layer',
};

type Sentence = (say: Say, data: Readonly<Record<string, string>>) => string;
type Sentences = Readonly<Record<Language, Sentence>>;

const ROLES_ZH: Readonly<Record<string, string>> = { lead: '主办', co: '协办', fallback: '兜底' };
const ROLES_EN: Readonly<Record<string, string>> = {
  lead: 'leads',
  co: 'assists',
  fallback: 'is the last resort',
};

function duty(whatZh: (say: Say) => string, whatEn: (say: Say) => string): Sentences {
  return {
    zh: (say, data) => {
      const where = data.place === '*' ? '' : `在${say('place')}`;
      return `依据${say('basis')},${say('unit')}${where}${ROLES_ZH[data.role ?? ''] ?? ''}${whatZh(say)}。`;
    },
    en: (say, data) => {
      const where = data.place === '*' ? '' : ` in ${say('place')}`;
      return `${say('unit')} ${ROLES_EN[data.role ?? ''] ?? ''} for ${whatEn(say)}${where} (${say('basis')}).`;
    },
  };
}

function sentences(zh: Sentence, en: Sentence): Sentences {
  return { zh, en };
}

const SENTENCES = {
  'duty-exact': duty(
    (say) => `“${say('kind')}”`,
    (say) => `"${say('kind')}"`,
  ),
  'duty-prefix': duty(
    (say) => `“${say('kind')}”一类事项`,
    (say) => `all of "${say('kind')}"`,
  ),
  'duty-any': duty(
    () => '各类事项',
    () => 'all kinds of matters',
  ),
  'layer-first': sentences(
    (say) => `此类事项先按${say('layer')}找责任单位。`,
    (say) => `Matters of this kind look for their unit by ${say('layer')} first.`,
  ),
  'nobody-leads': sentences(
    (say) => `没有单位的职责清单写明主办“${say('kind')}”,由兜底单位承办。`,
    (say) => `No unit's duty list leads "${say('kind')}" here, so the last resort takes it.`,
  ),
  'community-leads-own-list-only': sentences(
    (say) => `${say('unit')}是群众自治组织,清单之外的事项不由其主办。`,
    (say) => `${say('unit')} governs itself and is not made to lead what its own list does not name.`,
  ),
  'about-unit': sentences(
    (say) => `事项反映的是${say('about')},不由其本身或下级办理,由上一级${say('instead')}办理。`,
    (say) =>
      `The matter is about ${say('about')}; neither it nor a unit below it handles it, the level above does: ${say('instead')}.`,
  ),
  'about-unit-passed-over': sentences(
    (say) => `事项反映的是${say('about')},不派给${say('unit')}。`,
    (say) => `The matter is about ${say('about')}, so it does not go to ${say('unit')}.`,
  ),
  'about-top': sentences(
    (say) => `事项反映的是${say('about')},登记中没有可承办的上级单位。`,
    (say) => `The matter is about ${say('about')}, and the registry has no unit above it that could take it.`,
  ),
  'district-copied': sentences(
    (say) => `派给街道(乡镇),同时抄送${say('unit')}督促。`,
    (say) => `It goes to a street or township, so ${say('unit')} is copied to urge it.`,
  ),
  'posts-tie': sentences(
    (say) => `${say('unit')}内有多个岗位(${say('posts')})承担此职责,由单位确定岗位。`,
    (say) => `Several posts of ${say('unit')} (${say('posts')}) have this duty; the unit decides which.`,
  ),
  'post-gone': sentences(
    (say) => `职责写明的岗位${say('post')}当时不存在,由${say('unit')}确定岗位。`,
    (say) =>
      `The post that the duty names (${say('post')}) did not exist then; ${say('unit')} decides which.`,
  ),
  tie: sentences(
    (say) => `${say('units')}的职责同样具体,不能自动确定,转人工研判。`,
    (say) => `The duties of ${say('units')} are equally specific; a person decides.`,
  ),
  nobody: sentences(
    (say) => `职责清单中没有单位承办“${say('kind')}”,转人工研判。`,
    (say) => `No duty list names anybody for "${say('kind')}" here; a person decides.`,
  ),
  'unit-post': sentences(
    (say) => `职责没有写明岗位,由${say('unit')}的${say('post')}承担。`,
    (say) => `The duty names no post; at ${say('unit')} it is ${say('post')}.`,
  ),
  'no-post': sentences(
    (say) => `${say('unit')}没有登记可承担的岗位。`,
    (say) => `${say('unit')} has no post registered that could take it.`,
  ),
  'on-post': sentences(
    (say) => `当时${say('post')}由${say('person')}在岗。`,
    (say) => `At that minute ${say('person')} was on ${say('post')}.`,
  ),
  'off-shift': sentences(
    (say) => `当时${say('post')}有人任职,但不在班。`,
    (say) => `${say('post')} was staffed, but nobody was on shift at that minute.`,
  ),
  vacant: sentences(
    (say) => `当时${say('post')}无人任职。`,
    (say) => `Nobody was appointed to ${say('post')} then.`,
  ),
  deputy: sentences(
    (say) => `由副岗${say('post')}代理。`,
    (say) => `Its deputy ${say('post')} stands in.`,
  ),
  'duty-post': sentences(
    (say) => `由${say('unit')}的值班岗${say('post')}承接。`,
    (say) => `The duty post of ${say('unit')}, ${say('post')}, takes over.`,
  ),
  'unit-above': sentences(
    (say) => `${say('unit')}无人在岗,转上一级${say('above')}。`,
    (say) => `Nobody at ${say('unit')} was there; it falls to ${say('above')} above it.`,
  ),
  'nobody-there': sentences(
    (say) => `登记显示,当时${say('unit')}及其上级均无人在岗。`,
    (say) => `By the registry, nobody at ${say('unit')} or above it was there at that minute.`,
  ),
  'on-roster': sentences(
    (say) => `值班表排定,当时${say('post')}由${say('person')}值班。`,
    (say) => `By the roster, ${say('person')} was on duty on ${say('post')} at that minute.`,
  ),
  'no-duty-post': sentences(
    (say) => `${say('unit')}没有登记值班岗,由负责人岗${say('post')}承接。`,
    (say) => `${say('unit')} has no duty post registered; its head, ${say('post')}, stands in.`,
  ),
  'left-in-peace': sentences(
    (say) => `当时${say('post')}不在班,不打扰。`,
    (say) => `${say('post')} was off duty at that minute and is left in peace.`,
  ),
  'ring-above': sentences(
    (say) => `${say('unit')}尚未签收,呼叫上一级${say('above')}。`,
    (say) => `${say('unit')} has not signed; the unit above it, ${say('above')}, is rung.`,
  ),
} as const satisfies Readonly<Record<string, Sentences>>;

export type ReasonCode = keyof typeof SENTENCES;

export const REASON_CODES = Object.keys(SENTENCES) as readonly ReasonCode[];
