import type { Complaint, TextFile } from './source.ts';

/** Tables whose last column names tests, by the heading under which they stand. */
const TABLES = [
  'At the door',
  'Immunity',
  'OWASP API Security Top 10 (2023)',
  'OWASP ASVS 5.0, level 2',
] as const;

/** How many sections of each the standard has; fewer rows say that one was forgotten. */
const ROWS_MIN: Readonly<Record<(typeof TABLES)[number], number>> = {
  'At the door': 10,
  Immunity: 12,
  'OWASP API Security Top 10 (2023)': 10,
  'OWASP ASVS 5.0, level 2': 79,
};

/** A row says why it has no test by beginning its last cell so, and saying a sentence. */
const REASON = /^(?:does not apply|operator): .{12,}/;

/** Rows of docs/security.md without a test that is there, and without a reason; tables with too few rows. */
export function rowsWithoutTest(page: TextFile, paths: ReadonlySet<string>): readonly Complaint[] {
  return TABLES.flatMap((heading) => {
    const rows = rowsUnder(page.text, heading);
    const few =
      rows.length < ROWS_MIN[heading]
        ? [`${page.path}: "${heading}" has ${rows.length} rows; ${ROWS_MIN[heading]} are needed.`]
        : [];
    return [...few, ...rows.flatMap((cells) => oddRow(page.path, cells, paths))];
  });
}

function oddRow(page: string, cells: readonly string[], paths: ReadonlySet<string>): Complaint[] {
  const [name = '', last = ''] = [cells[0], cells.at(-1)];
  const tests = [...last.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, path]) => path!);
  const lost = tests.filter((path) => !paths.has(path));
  if (lost.length > 0) return [`${page}: "${name}" names ${lost.join(', ')}, which is not there.`];
  if (tests.length > 0 || REASON.test(last)) return [];
  return [`${page}: "${name}" names no test, and no reason why it has none.`];
}

/** The first table under a heading, without its head, as cells. */
function rowsUnder(text: string, heading: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const from = lines.indexOf(`## ${heading}`);
  const first = lines.findIndex((line, i) => i > from && line.startsWith('|'));
  if (from < 0 || first < 0) return [];
  const end = lines.findIndex((line, i) => i > first && !line.startsWith('|'));
  return lines.slice(first + 2, end < 0 ? undefined : end).map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}
