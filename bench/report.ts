/** One line of the bench's table: ours beside a reference measured in the same run. `ratio` is ours / reference where more is better. */
export type Line = {
  readonly name: string;
  readonly ours: string;
  readonly reference: string;
  readonly ratio: number | null;
  readonly goal: string;
  readonly reached: boolean | null;
  /** How it was measured: pairs, spread, sizes. */
  readonly method: string;
};

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Runs a and b in turn (ABAB…), after one warm-up of each, and answers both series. */
export async function inTurn(
  pairs: number,
  a: () => Promise<number> | number,
  b: () => Promise<number> | number,
): Promise<{ a: number[]; b: number[] }> {
  const series = { a: [] as number[], b: [] as number[] };
  for (let i = 0; i <= pairs; i += 1) {
    const [x, y] = [await a(), await b()];
    if (i === 0) continue;
    series.a.push(x);
    series.b.push(y);
  }
  return series;
}

export function spread(values: readonly number[], digits = 1): string {
  return `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`;
}

export function printTable(lines: readonly Line[]): string {
  const head = '| what | ours | reference | ratio | goal | reached |\n|---|---|---|---|---|---|\n';
  return (
    head +
    lines
      .map((l) => {
        const ratio = l.ratio === null ? '—' : `${l.ratio.toFixed(l.ratio < 1 ? 3 : 1)}×`;
        return `| ${l.name} | ${l.ours} | ${l.reference} | ${ratio} | ${l.goal} | ${l.reached === null ? '—' : l.reached ? 'yes' : 'no'} |`;
      })
      .join('\n')
  );
}
