import type { Masked, MaskReason, MaskSort } from './masked.ts';

/**
 * What is recognised by its digits: identity cards, bank cards, phones, however they are grouped. Takes text whose width was folded.
 * Digits in groups of one number (138 1234 5678) are read together; at most twenty groups are, so the cost is linear.
 */
export function findNumbers(plain: string): readonly Masked[] {
  const groups = [...plain.matchAll(/\d+/g)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    digits: match[0],
  }));
  const found: Masked[] = [];
  let i = 0;
  while (i < groups.length) {
    const one = readFrom(plain, groups, i);
    if (one) found.push(one.found);
    i = one ? one.next : i + 1;
  }
  return found;
}

type Group = { readonly from: number; readonly to: number; readonly digits: string };
type Read = { readonly what: MaskSort; readonly because: MaskReason; readonly end?: number };

const GROUPS_MAX = 20;
const DIGITS_MAX = 24;
/** What may stand between two groups of one number: blanks, dashes, dots, brackets. */
const BETWEEN = /^(?: ?[-.·()/] ?| {1,2}|[)] ?-?)$/;

/** The longest number that begins with this group; nothing where none does. */
function readFrom(
  plain: string,
  groups: readonly Group[],
  first: number,
): { found: Masked; next: number } | undefined {
  const begin = groups[first]!;
  const spans: { last: number; digits: string; lengths: number[] }[] = [];
  let digits = '';
  const lengths: number[] = [];
  for (let k = first; k < groups.length && k < first + GROUPS_MAX; k += 1) {
    const group = groups[k]!;
    if (
      k > first &&
      !BETWEEN.test(plain.slice(groups[k - 1]!.to, Math.min(group.from, groups[k - 1]!.to + 4)))
    )
      break;
    digits += group.digits;
    if (digits.length > DIGITS_MAX) break;
    lengths.push(group.digits.length);
    spans.push({ last: k, digits, lengths: [...lengths] });
  }
  for (const span of spans.reverse()) {
    const end = groups[span.last]!.to;
    const read = readOne(plain, begin.from, end, span.digits, span.lengths);
    if (!read) continue;
    const to = read.end ?? end;
    const start = startOf(plain, begin.from, read.what);
    let next = span.last + 1;
    while (next < groups.length && groups[next]!.from < to) next += 1;
    return { found: { what: read.what, start, end: to, because: read.because }, next };
  }
  return undefined;
}

/** A plus or an opening bracket before a phone belongs to it. */
function startOf(plain: string, from: number, what: MaskSort): number {
  if (what !== 'phone') return from;
  let start = from;
  if (plain[start - 1] === '(' && plain.slice(from, from + 6).includes(')')) start -= 1;
  if (plain[start - 1] === '+') start -= 1;
  return start;
}

function readOne(
  plain: string,
  from: number,
  end: number,
  digits: string,
  lengths: readonly number[],
): Read | undefined {
  const before = plain.slice(Math.max(0, from - 12), from);
  if (/[A-Za-z_]$/.test(before) && !/(?:tel|phone|mobile|call|qq|id|card|no|num|number)$/i.test(before))
    return undefined;
  return (
    readIdentity(plain, end, digits, lengths, before) ??
    readCard(plain, end, digits, lengths, before) ??
    readPhone(plain, end, digits, lengths, before)
  );
}

const REGIONS = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const DATE = /^(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const NUMBER_OF_A_THING =
  /(?:订单|訂單|单号|單號|工单|编号|編號|流水|案号|合同|发票|票号|序列|型号|批次|快递|运单|受理|文号|代码|凭证|档案|留言|房产证|产权证)[^\n]{0,6}$/;

/** Eighteen digits (the last may be X) with region, birthday and check digit, or the fifteen of before 1999. */
function readIdentity(
  plain: string,
  end: number,
  digits: string,
  lengths: readonly number[],
  before: string,
): Read | undefined {
  if (lengths.length > 5 || !REGIONS.test(digits)) return undefined;
  if (digits.length === 17 && /^ ?[Xx](?![A-Za-z0-9])/.test(plain.slice(end, end + 3))) {
    const at = plain[end] === ' ' ? end + 2 : end + 1;
    return identity(`${digits}X`, at, before);
  }
  if (digits.length === 18) return identity(digits, end, before);
  if (digits.length === 15 && lengths.length <= 3 && DATE.test(digits.slice(8, 12))) {
    return NUMBER_OF_A_THING.test(before) ? undefined : { what: 'id', because: 'shape' };
  }
  return undefined;
}

function identity(number: string, end: number, before: string): Read | undefined {
  const year = Number(number.slice(6, 10));
  if (year < 1850 || year > 2100 || !DATE.test(number.slice(10, 14))) return undefined;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  const holds = '10X98765432'[sum % 11] === number[17];
  // A mistyped number still says who somebody is; one that is called an order's does not.
  if (!holds && NUMBER_OF_A_THING.test(before)) return undefined;
  return { what: 'id', because: holds ? 'checkDigit' : 'checkDigitFails', end };
}

const OF_AN_ACCOUNT =
  /(?:卡号|卡號|银行卡|銀行卡|储蓄卡|信用卡|工资卡|借记卡|社保卡|账号|帐号|賬號|账户|帐户|賬戶|(?:card|account)(?: number| no\.?)?)[^\d\n]{0,8}$/i;

function readCard(
  plain: string,
  end: number,
  digits: string,
  lengths: readonly number[],
  before: string,
): Read | undefined {
  if (/^\d/.test(plain.slice(end, end + 1)) || digits.length < 12 || digits.length > 19) return undefined;
  if (lengths.length > 1 && lengths.slice(0, -1).some((length) => length < 3 || length > 8)) return undefined;
  if (OF_AN_ACCOUNT.test(before)) return { what: 'bankCard', because: luhn(digits) ? 'luhn' : 'wordBefore' };
  if (digits.length < 15 || !/^[3-69]/.test(digits) || !luhn(digits)) return undefined;
  if (digits.length === 15 && !/^3[47]/.test(digits)) return undefined;
  return NUMBER_OF_A_THING.test(before) ? undefined : { what: 'bankCard', because: 'luhn' };
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

const OF_A_PHONE =
  /(?:电话|電話|手机|手機|座机|座機|固话|号码|號碼|联系方式|聯繫方式|联系|致电|拨打|打|热线|传真|小灵通|tel|phone|mobile|call|fax)(?:号码|号|為|为|是|at|no)?[^\d\n]{0,4}$/i;

function readPhone(
  plain: string,
  end: number,
  digits: string,
  lengths: readonly number[],
  before: string,
): Read | undefined {
  const mobile = /^(?:00)?(?:86)?0?(1[3-9]\d{9})$/.test(digits);
  if (mobile && groupsAsPhone(digits, lengths)) {
    return { what: 'phone', because: 'shape', end: withExtension(plain, end) };
  }
  const landline = /^(?:(?:00)?86)?0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}$/.test(digits);
  if (
    landline &&
    lengths.length <= 5 &&
    (lengths.length > 1 || digits.length >= 11 || OF_A_PHONE.test(before))
  ) {
    return { what: 'phone', because: 'shape', end: withExtension(plain, end) };
  }
  // A landline with its extension behind a dash: 0731-8234567-801.
  const last = lengths.at(-1)!;
  if (lengths.length >= 3 && last >= 1 && last <= 6) {
    const head = digits.slice(0, -last);
    if (/^(?:86)?0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}$/.test(head)) return { what: 'phone', because: 'shape' };
  }
  const american =
    !/^[48]00/.test(digits) &&
    /^1?[2-9]\d{2}[2-9]\d{6}$/.test(digits) &&
    /(?:^|1,)3,3,4$/.test(lengths.join(','));
  if (american) return { what: 'phone', because: 'shape' };
  const local =
    /^(?![48]00)[2-9]\d{6,7}$/.test(digits) &&
    lengths.length <= 2 &&
    OF_A_PHONE.test(before) &&
    !NUMBER_OF_A_THING.test(before);
  if (local && !/^ ?(?:元|万|块|人|户|个|年|平)/.test(plain.slice(end, end + 3)))
    return { what: 'phone', because: 'wordBefore', end: withExtension(plain, end) };
  return undefined;
}

/** 11 in one, 3 4 4, 3 3 5, 4 3 4, 5 6 … with a country code before, or digit by digit: not years and hours that stand side by side. */
function groupsAsPhone(digits: string, lengths: readonly number[]): boolean {
  const own = [...lengths];
  let prefix = digits.length - 11;
  while (prefix > 0 && own.length > 1 && own[0]! <= prefix) prefix -= own.shift()!;
  if (own.length === 1 || own.every((length) => length === 1)) return true;
  return own.length <= 5 && own[0]! + prefix >= 3 && own.slice(1).every((length) => length >= 2);
}

function withExtension(plain: string, end: number): number {
  const extension = /^ ?[(,-]? ?(?:转|轉|分机|分機|内线|ext\.?|extension|x)(?:号|:)? ?\d{1,6}\)?/i.exec(
    plain.slice(end, end + 20),
  );
  return end + (extension?.[0].length ?? 0);
}
