import type { Row } from './csv.ts';
import type { Post } from './posts.ts';

export const ROSTER_COLUMNS = ['unit', 'post', 'person', 'from', 'to'];

const YEARS = [2025, 2026, 2027] as const;
/** Holidays that fall on the same day each year; on them the duty posts of streets and towns are sat on by people of the office in turn. */
const HOLIDAYS = ['01-01', '05-01', '05-02', '05-03', '10-01', '10-02', '10-03'] as const;
const DAY_MS = 24 * 3_600_000;

/** Who keeps the duty of an office on a holiday, from eight in the morning for a day: head, desks and dispatchers in turn. */
export function rosterRows(posts: readonly Post[], staff: readonly Row[]): Row[] {
  const personOn = new Map(staff.map(({ post, person }) => [post, person]));
  const byUnit = Map.groupBy(posts, (post) => post.unit);
  return [...byUnit].flatMap(([unit, own]) => {
    const duty = own.find(({ kind }) => kind === 'dutyPost');
    if (!duty || !own.some(({ kind }) => kind === 'dispatcher')) return [];
    const turns = own
      .filter(({ kind }) => TAKE_TURNS.has(kind))
      .flatMap(({ code }) => personOn.get(code) ?? []);
    return YEARS.flatMap((year) =>
      HOLIDAYS.map((day, i): Row => {
        const from = Date.parse(`${year}-${day}T08:00:00+08:00`);
        const person = turns[(i + year) % turns.length]!;
        return { unit, post: duty.code, person, from: moment(from), to: moment(from + DAY_MS) };
      }),
    );
  });
}

const TAKE_TURNS: ReadonlySet<string> = new Set(['head', 'desk', 'dispatcher']);

function moment(at: number): string {
  return `${new Date(at + DAY_MS / 3).toISOString().slice(0, 19)}+08:00`;
}
