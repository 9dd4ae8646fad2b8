import { isoInstant } from '@gezhi/basis';
import type { PublicCase } from '@gezhi/contract';
import type { Point } from '@gezhi/place';
import type { PublicCaseRow } from '@gezhi/storage';
import { FEW, metresBetween, roadOf, type Town } from '@gezhi/town';
import { kindLabel, unitNamed } from '../views/names.ts';
import { stateLabel } from '../views/wire.ts';

/** A case as everybody sees it. @param from where was asked: the distance is told to 50 m */
export function showPublic(town: Town, row: PublicCaseRow, from?: Point): PublicCase {
  const point = row.lon === null || row.lat === null ? undefined : { lon: row.lon, lat: row.lat };
  const { case_id: caseId, kind, place, unit, requests, said, photos } = row;
  return {
    caseId,
    kind: { code: kind, name: kindLabel(town, kind) },
    where: roadOf(town, place, point),
    place,
    ...(point ? { point: { lon: coarse(point.lon), lat: coarse(point.lat) } } : {}),
    ...(point && from ? { metres: Math.max(50, Math.round(metresBetween(from, point) / 50) * 50) } : {}),
    since: isoInstant(row.opened_at),
    state: stateLabel(town, row.state, row.scene ?? town.pack.scene.id),
    phase: row.phase,
    isOpen: row.is_open,
    ...(unit ? { unit: unitNamed(town, unit).name } : {}),
    ...(requests >= FEW ? { voices: requests } : {}),
    ...(said ? { text: said } : {}),
    ...(photos?.length ? { photos: photos.map((id) => ({ id, link: `/api/media/${id}` })) } : {}),
  };
}

/** To about 100 m: where the street is, not which door. */
function coarse(degrees: number): number {
  return Math.round(degrees * 1e3) / 1e3;
}
