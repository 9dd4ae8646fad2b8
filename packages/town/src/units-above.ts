import type { Town } from './town.ts';

/** All units above a unit, the nearest first. */
export function unitsAbove({ units }: Pick<Town, 'units'>, unit: string): readonly string[] {
  const above: string[] = [];
  for (let u = units.get(unit)?.parent; u && !above.includes(u); u = units.get(u)?.parent) above.push(u);
  return above;
}
