import type { RatesView } from '@gezhi/contract';
import type { RatesWords } from './zh.ts';

type Group = RatesView['groups'][number];

/** The rows of a table as an address of a CSV file, with a mark for Excel; numbers as they were counted, not as they are rounded. */
export function csvOf(groups: readonly Group[], w: RatesWords): string {
  const heads = [w.name, w.volume, w.n, w.response, w.solve, w.satisfaction, w.unreachable, w.excluded];
  const rows = groups.map(({ name, code, time, rates }) => [
    name ?? code ?? time ?? '',
    rates.volume,
    rates.n,
    ...[rates.response, rates.solve, rates.satisfaction, rates.unreachable].map(
      (share) => share?.value ?? '',
    ),
    rates.excluded.count,
  ]);
  const text = [heads, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n');
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${text}\r\n`)}`;
}

/** A cell that a spreadsheet takes for text, and never for a formula. */
function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
