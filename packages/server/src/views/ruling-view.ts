import { isoInstant } from '@gezhi/basis';
import type { RulingRow } from '@gezhi/storage';
import { isSecret, rulingName, type Town } from '@gezhi/town';

/** A ruling as everybody may read it: without case, posts or words. */
export function rulingView(town: Town, r: RulingRow) {
  const unit = (code: string) => ({ code, name: town.units.get(code)?.name ?? code });
  const kind = town.kinds.get(r.kind)?.name;
  return {
    ruling: rulingName(r.number),
    kind: { code: r.kind, name: kind ?? { zh: r.kind, en: r.kind } },
    place: { code: r.place, name: placeName(town, r) },
    ...(r.fromUnit === null ? {} : { from: unit(r.fromUnit) }),
    to: unit(r.toUnit),
    basis: r.basis,
    at: isoInstant(r.at),
    final: r.final,
    state: r.state,
    applied: r.applied,
  };
}

function placeName(town: Town, { layer, place }: RulingRow): string {
  return town.places.places.find((p) => p.layer === layer && p.code === place)?.name ?? place;
}

/** Rulings on secret kinds of matter are told to nobody. */
export function isTold(town: Town, r: RulingRow): boolean {
  return !isSecret(town, r);
}
