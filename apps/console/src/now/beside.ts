import type { Beside } from '@gezhi/contract';

/** Whether a count stands above or below everything that the weeks before had; not said before four weeks are known. */
export function standing({ count, least, most, weeks }: Beside): 'above' | 'below' | 'usual' | undefined {
  if (weeks < 4 || least === null || most === null) return undefined;
  if (count > most) return 'above';
  return count < least ? 'below' : 'usual';
}
