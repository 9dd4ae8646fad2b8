import { csvTable } from '@gezhi/basis';
import type { RatesView } from '@gezhi/contract';
import type { RatesWords } from './zh.ts';

type Group = RatesView['groups'][number];

/** A group as its row is called; cases that no unit leads yet have none. */
export function nameOf({ name, code, time }: Pick<Group, 'name' | 'code' | 'time'>, w: RatesWords): string {
  return code === 'none' ? w.nobody : (name ?? code ?? time ?? '');
}

/** The rows of a table as an address of a CSV file, numbers as they were counted, not as they are rounded. */
export function csvOf(groups: readonly Group[], w: RatesWords): string {
  const heads = [w.name, w.volume, w.n, w.response, w.solve, w.satisfaction, w.unreachable, w.excluded];
  const rows = groups.map(({ rates, ...group }) => [
    nameOf(group, w),
    rates.volume,
    rates.n,
    ...[rates.response, rates.solve, rates.satisfaction, rates.unreachable].map(
      (share) => share?.value ?? null,
    ),
    rates.excluded.count,
  ]);
  return `data:text/csv;charset=utf-8,${encodeURIComponent(csvTable([heads, ...rows]))}`;
}
