import type { Incoming } from './incoming.ts';
import type { Town } from './town.ts';

/**
 * Gives each signal that will be a request its number before anybody writes it down. A database that dies while it commits may have taken
 * it in or not; written to the journal under the same number it is right either way. A signal that was taken in before keeps its first
 * number, and the one given here is given to nobody.
 *
 * @throws where the database is away and the block of reserved numbers used up
 */
export async function numberAhead(town: Town, signals: readonly Incoming[]): Promise<readonly Incoming[]> {
  const lacking = signals.filter(lacksNumber).length;
  if (lacking === 0) return signals;
  await town.numbers.ready(lacking);
  return signals.map((signal) =>
    lacksNumber(signal) ? { ...signal, issued: town.numbers.issue() } : signal,
  );
}

function lacksNumber({ issued, found, follows }: Incoming): boolean {
  return !issued && !found && !follows;
}
