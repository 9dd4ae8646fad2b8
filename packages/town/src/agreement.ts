import { placesAt } from '@gezhi/place';
import type { Incoming } from './incoming.ts';
import type { Town } from './town.ts';

/**
 * How often we put a point into the place that the source's own code names, by layer. Counted only where a row has both and the
 * town has outlines of that layer; a point that lies in several places of a layer, or in none, does not agree.
 */
export class Agreement {
  readonly #town: Town;
  readonly #counts = new Map<string, { n: number; same: number }>();
  readonly #outlined: ReadonlySet<string>;

  constructor(town: Town) {
    this.#town = town;
    this.#outlined = new Set(town.places.places.filter((place) => place.outline).map((place) => place.layer));
  }

  count(signal: Incoming): void {
    if (!signal.point || !signal.statedPlaces || this.#outlined.size === 0) return;
    const found = placesAt(this.#town.places, signal.point);
    for (const [layer, code] of Object.entries(signal.statedPlaces)) {
      if (!this.#outlined.has(layer)) continue;
      const counts = this.#counts.get(layer) ?? { n: 0, same: 0 };
      const codes = found[layer] ?? [];
      counts.n += 1;
      if (codes.length === 1 && codes[0] === code) counts.same += 1;
      this.#counts.set(layer, counts);
    }
  }

  shares(): Readonly<Record<string, { readonly n: number; readonly share: number | null }>> {
    return Object.fromEntries(
      [...this.#counts].map(([layer, { n, same }]) => [layer, { n, share: n === 0 ? null : same / n }]),
    );
  }
}
