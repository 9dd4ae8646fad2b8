import { csvTable } from '@gezhi/basis';
import type { RatesView } from '@gezhi/contract';
import type { RatesWords } from './zh.ts';

type Group = RatesView['groups'][number];

/** The rows of a table as an address of a CSV file, numbers as they were counted, not as they are rounded. */
export function csvOf(groups: readonly Group[], w: RatesWords): string {
  const heads = [w.name, w.volume, w.n, w.response, w.solve, w.satisfaction, w.unreachable, w.excluded];
  const rows = groups.map(({ name, code, time, rates }) => [
    name ?? code ?? time ?? '',
    rates.volume,
    rates.n,
    ...[rates.response, rates.solve, rates.satisfaction, rates.unreachable].map(
      (share) => share?.value ?? null,
    ),
    rates.excluded.count,
  ]);
  return `data:text/csv;charset=utf-8,${encodeURIComponent(csvTable([heads, ...rows]))}`;
}
