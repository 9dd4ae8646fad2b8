import { type Instant, isRefusal } from '@gezhi/basis';
import { checkDuties } from './check-duties.ts';
import { findGaps } from './find-gaps.ts';
import { type Finding, finding } from './finding.ts';
import type { RegistryData } from './registry-data.ts';
import { joinHours, parseShift, WEEK_MINUTES } from './shift.ts';
import { badCorrections, isKnownAt, isValidAt, type Times, timesMeet } from './times.ts';
import { POST_KINDS, type Staffing, UNIT_KINDS, UNIT_LEVELS } from './unit.ts';

/**
 * Everything that is wrong or missing: what dangles, contradicts itself, has no basis, breaks the rule on communities, what
 * post nobody sits on, and which kinds × places nobody answers for. `now` is the moment that vacancies and gaps are looked at.
 * Sorted by table and row, gaps last. Throws nothing on bad records; gaps are looked for only where no error stands in the way.
 */
export function checkRegistry(data: RegistryData, now: Instant): readonly Finding[] {
  const findings = [
    ...checkTimes(data),
    ...checkCodes('units', data.units),
    ...checkCodes('posts', data.posts),
    ...checkUnits(data),
    ...checkPosts(data),
    ...checkStaffings(data),
    ...checkDuties(data),
    ...checkPresence(data, now),
  ].sort((a, b) => TABLES.indexOf(a.table) - TABLES.indexOf(b.table) || (a.row ?? 0) - (b.row ?? 0));
  const isBuildable = !findings.some(({ code }) => code === 'bad-correction' || code === 'bad-kind');
  return isBuildable ? [...findings, ...findGaps(data, now)] : findings;
}

const TABLES: readonly Finding['table'][] = [
  'layers',
  'places',
  'units',
  'posts',
  'staffings',
  'duties',
  'kindRules',
];

function checkTimes(data: RegistryData): Finding[] {
  const tables = ['units', 'posts', 'staffings', 'duties'] as const;
  return tables.flatMap((table) => {
    const records: readonly Times[] = data[table];
    const key = (row: number): string => records[row]?.id ?? String(row + 1);
    const bad = badCorrections(records).map(({ row, because }) =>
      finding('bad-correction', { table, row, key: key(row) }, { because }),
    );
    const empty = records.flatMap((record, row) =>
      record.replaces === undefined && isEmptySpan(record)
        ? [finding('empty-span', { table, row, key: key(row) }, {})]
        : [],
    );
    return [...bad, ...empty];
  });
}

function isEmptySpan({ validFrom = -Infinity, validTo = Infinity }: Times): boolean {
  return validFrom >= validTo;
}

/** Two records of one code that hold at once, where neither corrects, nor is known later than, the other. */
function checkCodes(table: 'units' | 'posts', records: readonly (Times & { code: string })[]): Finding[] {
  const rows = records.map((record, row) => ({ record, row }));
  return [...Map.groupBy(rows, ({ record }) => record.code)].flatMap(([code, same]) =>
    same
      .filter(({ record }, i) => same.slice(0, i).some((earlier) => isDouble(record, earlier.record)))
      .map(({ row }) => finding('same-code', { table, row, key: code }, { code })),
  );
}

function isDouble(a: Times, b: Times): boolean {
  if (a.replaces !== undefined || b.replaces !== undefined) return false;
  return a.knownFrom === b.knownFrom && timesMeet(a, b);
}

function checkUnits(data: RegistryData): Finding[] {
  const parents = new Map(data.units.map((unit) => [unit.code, unit.parent]));
  return data.units.flatMap(({ code, parent, kind, level }, row) => {
    const where = { table: 'units', row, key: code } as const;
    const odd = [
      ...unknownWord('kind', kind, UNIT_KINDS, where),
      ...unknownWord('level', level, UNIT_LEVELS, where),
    ];
    if (odd.length > 0) return odd;
    if (parent !== undefined && !parents.has(parent))
      return [finding('dangling-unit', where, { unit: parent })];
    const circle = circleFrom(code, parents);
    return circle ? [finding('parent-circle', where, { unit: code, circle })] : [];
  });
}

/** Duties and power lists tell units and posts apart by these words: one that nobody knows would hold nothing, and nobody would see why. */
function unknownWord(
  field: 'kind' | 'level',
  word: string,
  known: readonly string[],
  where: Parameters<typeof finding>[1],
): Finding[] {
  if (known.includes(word)) return [];
  const what = field === 'kind' ? '类别' : '层级';
  return [finding('unknown-word', where, { field, what, word, known: known.join(', ') })];
}

/** `a → b → a` where following `next` from `start` comes back to it. */
function circleFrom(start: string, next: ReadonlyMap<string, string | undefined>): string | undefined {
  const path = [start];
  for (let at = next.get(start); at !== undefined; at = next.get(at)) {
    if (at === start) return [...path, start].join(' → ');
    if (path.includes(at)) return undefined;
    path.push(at);
  }
  return undefined;
}

function checkPosts(data: RegistryData): Finding[] {
  const units = new Set(data.units.map((unit) => unit.code));
  const deputyOf = new Map(data.posts.map((post) => [post.code, post.deputyOf]));
  return data.posts.flatMap((post, row) => {
    const where = { table: 'posts', row, key: post.code } as const;
    const found = unknownWord('kind', post.kind, POST_KINDS, where);
    if (!units.has(post.unit)) found.push(finding('dangling-unit', where, { unit: post.unit }));
    if (post.deputyOf !== undefined && !deputyOf.has(post.deputyOf)) {
      found.push(finding('dangling-post', where, { post: post.deputyOf }));
    }
    const circle = circleFrom(post.code, deputyOf);
    if (circle) found.push(finding('deputy-circle', where, { post: post.code, circle }));
    return found;
  });
}

function checkStaffings(data: RegistryData): Finding[] {
  const posts = new Set(data.posts.map((post) => post.code));
  return data.staffings.flatMap(({ post, person, shift }, row) => {
    const where = { table: 'staffings', row, key: `${person} ${post}` } as const;
    const found = posts.has(post) ? [] : [finding('dangling-post', where, { post })];
    const read = shift ? parseShift(shift) : undefined;
    if (isRefusal(read)) found.push(finding('bad-shift', where, { because: read.because }));
    return found;
  });
}

/** Posts that nobody sits on now, and duty posts that are not attended all week. */
function checkPresence(data: RegistryData, now: Instant): Finding[] {
  const holds = (times: Times): boolean => isValidAt(times, now) && isKnownAt(times, now);
  const seats = Map.groupBy(data.staffings.filter(holds), (staffing) => staffing.post);
  const deputies = Map.groupBy(data.posts.filter(holds), (post) => post.deputyOf ?? '');
  return data.posts.flatMap((post, row) => {
    if (!holds(post)) return [];
    const where = { table: 'posts', row, key: post.code } as const;
    const own = seats.get(post.code) ?? [];
    const stoodIn = (deputies.get(post.code) ?? []).some((deputy) => seats.has(deputy.code));
    if (own.length === 0) return stoodIn ? [] : [finding('nobody-on-post', where, { post: post.code })];
    const minutes = post.kind === 'dutyPost' ? unattendedMinutes(own) : 0;
    if (minutes === 0) return [];
    return [finding('duty-post-hours', where, { post: post.code, minutes: String(minutes) })];
  });
}

function unattendedMinutes(staffings: readonly Staffing[]): number {
  const shifts = staffings.map(({ shift }) => (shift ? parseShift(shift) : undefined));
  if (shifts.some((shift) => shift === undefined)) return 0;
  const hours = joinHours(shifts.flatMap((shift) => (shift && !isRefusal(shift) ? shift.hours : [])));
  return hours.reduce((left, [from, to]) => left - (to - from), WEEK_MINUTES);
}
