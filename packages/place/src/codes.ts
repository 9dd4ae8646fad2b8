import { type Refusal, refuse } from '@gezhi/basis';

export type CodeSystem = 'cn' | 'free';

export type CodeParts = {
  readonly ok: true;
  readonly code: string;
  /** For `cn`: province, city, county, townshipLevel, communityLevel, serial, class… as far as the code goes; empty for `free`. */
  readonly parts: Readonly<Record<string, string>>;
  readonly warnings: readonly { readonly code: string; readonly because: string }[];
};

/**
 * Checks a code and takes it apart.
 *
 * `free`: 1–64 characters without blanks at the ends, control characters, `;` or `*` (which separate and stand for all in tables).
 *
 * `cn` by kind (a level of the division tree, else the layer):
 *
 *   province, city, county, district   6 digits: 2 province + 2 city + 2 county (GB/T 2260)
 *   street, town, township             9 digits, or 12 ending in 000: 6 + 3. First of the three: 0 street (001–099), 1 town,
 *                                      2–3 township, 4–5 joint government and enterprise area (statistics bureau, 统计用区划代码)
 *   community, village                 12 digits: 6 + 3 + 3
 *   grid                               12 digits of its community + a serial of 1–6 digits
 *   microGrid                          the same, serial of 2–10 digits
 *   cell                               15 digits: 6 + 3 + 3 + 3 (单元网格)
 *   asset                              16 digits: 6 + 2 class + 2 subclass + 6 serial (部件)
 *
 * Codes of other layers (police, school…) are units' own and are checked as `free`. A code must begin with the significant digits
 * of its parent's. Warnings let the code pass: a virtual zone (development area, new area: county part 71–79) has a statistics code that is
 * no GB/T 2260 code; an unassigned province number; a residents' or villagers' number out of its usual range.
 */
export function checkCode(
  system: CodeSystem,
  kind: string,
  code: string,
  parent?: string,
): CodeParts | Refusal {
  if (system === 'free' || !(kind in CN_SHAPES)) return checkFree(code);
  const shape = CN_SHAPES[kind as CnKind];
  const match = shape.pattern.exec(code);
  if (!match) {
    return refuse('bad-code-shape', `"${code}" is no code of a ${kind}: ${shape.says}.`, { code, kind });
  }
  const parts = definedOnly(match.groups ?? {});
  const wrong = wrongParts(kind, code, parts) ?? wrongParent(code, parent);
  return wrong ?? { ok: true, code, parts, warnings: warningsOf(kind, parts) };
}

/**
 * The digits of a division code that name something: `330000` → `33`, `330521100000` → `330521100`. Two codes lie one in the other where
 * one's significant digits begin the other's.
 */
export function significantDigits(code: string): string {
  let digits = code;
  if (digits.length === 12 && digits.endsWith('000')) digits = digits.slice(0, 9);
  if (digits.length === 9 && digits.endsWith('000')) digits = digits.slice(0, 6);
  if (digits.length === 6 && digits.endsWith('00')) digits = digits.slice(0, 4);
  if (digits.length === 4 && digits.endsWith('00')) digits = digits.slice(0, 2);
  return digits;
}

type CnKind =
  | 'province'
  | 'city'
  | 'county'
  | 'district'
  | 'street'
  | 'town'
  | 'township'
  | 'community'
  | 'village'
  | 'grid'
  | 'microGrid'
  | 'cell'
  | 'asset';

type CnShape = { readonly pattern: RegExp; readonly says: string };

const SIX = '(?<province>\\d{2})(?<city>\\d{2})(?<county>\\d{2})';
const NINE = `${SIX}(?<townshipLevel>\\d{3})`;
const TWELVE = `${NINE}(?<communityLevel>\\d{3})`;

const COUNTY: CnShape = { pattern: new RegExp(`^${SIX}$`), says: 'six digits, 2 + 2 + 2' };
const TOWNSHIP: CnShape = {
  pattern: new RegExp(`^${NINE}(?:000)?$`),
  says: 'nine digits, 6 + 3, or twelve that end in 000',
};
const COMMUNITY: CnShape = { pattern: new RegExp(`^${TWELVE}$`), says: 'twelve digits, 6 + 3 + 3' };

const CN_SHAPES: Readonly<Record<CnKind, CnShape>> = {
  province: COUNTY,
  city: COUNTY,
  county: COUNTY,
  district: COUNTY,
  street: TOWNSHIP,
  town: TOWNSHIP,
  township: TOWNSHIP,
  community: COMMUNITY,
  village: COMMUNITY,
  grid: {
    pattern: new RegExp(`^${TWELVE}(?<serial>\\d{1,6})$`),
    says: 'the twelve digits of its community and a serial of one to six digits',
  },
  microGrid: {
    pattern: new RegExp(`^${TWELVE}(?<serial>\\d{2,10})$`),
    says: 'the digits of its grid and a serial',
  },
  cell: { pattern: new RegExp(`^${TWELVE}(?<serial>\\d{3})$`), says: 'fifteen digits, 6 + 3 + 3 + 3' },
  asset: {
    pattern: new RegExp(`^${SIX}(?<class>\\d{2})(?<subclass>\\d{2})(?<serial>\\d{6})$`),
    says: 'sixteen digits, 6 + 2 class + 2 subclass + 6 serial',
  },
};

/** What the first digit of the three township digits says. */
const TOWNSHIP_CLASS = ['street', 'town', 'township', 'township', 'joint', 'joint'] as const;

/** Province numbers of GB/T 2260. */
const PROVINCES = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 ' +
    '61 62 63 64 65 71 81 82'
  ).split(' '),
);

function checkFree(code: string): CodeParts | Refusal {
  const says = 'a code is 1–64 characters without blanks at the ends, control characters, ";" or "*"';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (code.length < 1 || code.length > 64 || code !== code.trim() || /[;*\u0000-\u001f\u007f]/.test(code)) {
    return refuse('bad-code-shape', `${JSON.stringify(code)} is no code: ${says}.`, { code });
  }
  return { ok: true, code, parts: {}, warnings: [] };
}

function wrongParts(
  kind: string,
  code: string,
  parts: Readonly<Record<string, string>>,
): Refusal | undefined {
  if (parts.province === '00') return refuse('bad-code-part', `${code}: 00 is no province.`, { code });
  const township = parts.townshipLevel;
  if (township !== undefined) {
    const named = TOWNSHIP_CLASS[Number(township[0])];
    if (township === '000' || named === undefined) {
      const because = `${code}: ${township} is no township-level number; they run from 001 to 599.`;
      return refuse('bad-code-part', because, { code, townshipLevel: township });
    }
    const says = kind === 'street' || kind === 'town' || kind === 'township' ? kind : named;
    if (named !== 'joint' && named !== says) {
      const because = `${code}: ${township} is the number of a ${named}, but the place is given as a ${kind}.`;
      return refuse('level-mismatch', because, { code, kind, codeSays: named });
    }
  }
  if (parts.communityLevel === '000') {
    return refuse('bad-code-part', `${code}: 000 names the street or town itself, not a ${kind} in it.`, {
      code,
    });
  }
  return undefined;
}

function wrongParent(code: string, parent: string | undefined): Refusal | undefined {
  if (parent === undefined || !/^\d+$/.test(parent)) return undefined;
  const prefix = significantDigits(parent);
  if (code.startsWith(prefix)) return undefined;
  const because = `${code} does not begin with ${prefix}, the digits of its parent ${parent}.`;
  return refuse('not-under-parent', because, { code, parent });
}

function warningsOf(kind: string, parts: Readonly<Record<string, string>>): CodeParts['warnings'] {
  const warnings: { code: string; because: string }[] = [];
  const county = Number(parts.county);
  if (!PROVINCES.has(parts.province!)) {
    warnings.push({
      code: 'unassigned-province',
      because: `${parts.province} is no assigned province number.`,
    });
  }
  if (county >= 71 && county <= 79) {
    const because = `The county part ${parts.county} marks a virtual zone (development area, new area): a statistics code, not one of GB/T 2260. Other systems may keep the place under its real county.`;
    warnings.push({ code: 'virtual-zone', because });
  }
  const community = Number(parts.communityLevel);
  if ((kind === 'community' && community >= 200) || (kind === 'village' && community < 200)) {
    const because = `Residents' committees are usually numbered below 200 and villagers' committees from 200 on; this is ${parts.communityLevel}.`;
    warnings.push({ code: 'unusual-committee-number', because });
  }
  return warnings;
}

function definedOnly(groups: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
