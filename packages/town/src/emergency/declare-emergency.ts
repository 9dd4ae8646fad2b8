import { DAY, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { ancestors, findPlace, type PlaceRef } from '@gezhi/place';
import type { Because } from '@gezhi/powers';
import {
  addEmergency,
  addLedgerEvent,
  closeEmergency,
  type EmergencyRow,
  inTransaction,
  keepReview,
  listEmergencies,
  openEmergencies,
} from '@gezhi/storage';
import { sha256 } from '../editions/sha256.ts';
import { holderOf, unitsAbove } from '../may.ts';
import { gateOf } from '../powers/gate-of.ts';
import { noPower } from '../powers/no-power.ts';
import type { Town } from '../town.ts';
import { emergencyName } from './emergency-book.ts';

type Client = Parameters<typeof addLedgerEvent>[0];

/** The longest that one declaration lasts; whoever needs longer declares anew, with another reason. */
export const EMERGENCY_DAYS_MAX = 30;
/** How long after its end what was looked at for it is erased. The migration allows no more than this after the longest end. */
export const PURGE_DAYS = 30;

export type Declaration = {
  /** By which its sender knows it: the same sent again is the same. */
  readonly id: string;
  /** Of the response: 1 is the gravest, 4 the least. */
  readonly level: number;
  /** Code of a place of the town. */
  readonly area: string;
  readonly basis: string;
  readonly reason: string;
  readonly endsAt: Instant;
  /** The one that it follows on, of the same area, without a gap. */
  readonly renews?: number | undefined;
};

/**
 * Declares an emergency over a place until a moment, and writes it into the ledger. The power `emergency.declare` is asked over the place, of a
 * person on a post.
 *
 * Refuses `no-such-place`, `no-power`, `person-needed`, `missing-field`, `emergency-end` (past, or after 30 days), `emergency-in-force` (the
 * same place has one then), `no-such-emergency`, `same-reason` (a renewal says why anew)
 */
export async function declareEmergency(
  town: Town,
  order: Declaration,
  by: Actor,
  now: Instant,
): Promise<EmergencyRow | Refusal> {
  const area = areaOf(town, order.area);
  if (!area) return refuse('no-such-place', `There is no place "${order.area}" here.`);
  const holds = mayOver(town, 'emergency.declare', area, by);
  if (isRefusal(holds)) return holds;
  const { pool } = town.db;
  const [sent] = await listEmergencies(pool, town.district, { id: order.id }, 1);
  if (sent) return sent;
  const checked = await checkOrder(town, order, area, now);
  if (isRefusal(checked)) return checked;
  const number = await inTransaction(pool, async (client) => {
    const { id, level, basis, reason, endsAt, renews = null } = order;
    const purgeAt = endsAt + PURGE_DAYS * DAY;
    const declared = { declaredAt: now, declaredPost: by.post, declaredStaff: by.person! };
    const texts = { basis: basis.trim(), reason: reason.trim() };
    const place = { layer: area.layer, area: area.code };
    const { startsAt } = checked;
    const row = { id, level, ...place, ...texts, ...declared, startsAt, endsAt, renews, purgeAt };
    const made = await addEmergency(client, town.district, row);
    if (made === undefined) return undefined;
    const said = { level, ...place, startsAt, endsAt, renews };
    await tell(
      client,
      town,
      made,
      { act: 'declare', ...said, basis: texts.basis, ...signed(by) },
      reason,
      now,
    );
    return made;
  });
  if (number === undefined)
    return refuse('emergency-in-force', 'Another declaration was made at the same moment. Look again.');
  return await read(town, number);
}

async function checkOrder(
  town: Town,
  { basis, reason, endsAt, renews, level }: Declaration,
  area: PlaceRef,
  now: Instant,
): Promise<{ readonly startsAt: Instant } | Refusal> {
  if (!Number.isInteger(level) || level < 1 || level > 4) return missing('level');
  if (!basis.trim()) return missing('basis');
  if (!reason.trim()) return missing('reason');
  const [before] =
    renews === undefined ? [] : await listEmergencies(town.db.pool, town.district, { number: renews }, 1);
  if (renews !== undefined && before?.area !== area.code)
    return refuse('no-such-emergency', `There is no emergency ${emergencyName(renews)} of this place.`);
  if (before && before.reason.trim() === reason.trim())
    return refuse('same-reason', 'A renewal says why it is needed still.');
  const startsAt = Math.max(now, before ? (before.endedAt ?? before.endsAt) : now);
  if (!(endsAt > startsAt && endsAt <= startsAt + EMERGENCY_DAYS_MAX * DAY))
    return refuse('emergency-end', `It ends after it begins, and within ${EMERGENCY_DAYS_MAX} days.`);
  const open = await openEmergencies(town.db.pool, town.district);
  const there = open.find((one) => one.area === area.code && (one.endedAt ?? one.endsAt) > startsAt);
  if (there)
    return refuse('emergency-in-force', `${emergencyName(there.number)} holds here.`, {
      emergency: emergencyName(there.number),
    });
  return { startsAt };
}

/**
 * Ends one before its time, and brings its purge forward. Asks the power `emergency.end` over its place.
 *
 * Refuses `no-such-emergency`, `no-power`, `person-needed`, `missing-field`, `emergency-over`
 */
export async function endEmergency(
  town: Town,
  order: { readonly number: number; readonly reason: string },
  by: Actor,
  now: Instant,
): Promise<EmergencyRow | Refusal> {
  const { number } = order;
  const reason = order.reason.trim();
  const refused = await refuseAct(town, 'emergency.end', number, by, reason, 'reason');
  if (refused) return refused;
  const done = await inTransaction(town.db.pool, async (client) => {
    const staff = by.person!;
    const end = { at: now, purgeAt: now + PURGE_DAYS * DAY, by: { post: by.post, staff, reason } };
    const [open] = await listEmergencies(client, town.district, { number }, 1);
    if (!open || open.endsAt <= now || !(await closeEmergency(client, town.district, number, end)))
      return false;
    await tell(client, town, number, { act: 'end', ...signed(by) }, reason, now);
    return true;
  });
  if (!done) return refuse('emergency-over', `${emergencyName(number)} is over already.`);
  return await read(town, number);
}

/**
 * Writes down what was learnt, once it is over. Asks the power `emergency.review` over its place.
 *
 * Refuses `no-such-emergency`, `no-power`, `person-needed`, `missing-field`, `emergency-not-over` (or reviewed already)
 */
export async function reviewEmergency(
  town: Town,
  order: { readonly number: number; readonly review: string },
  by: Actor,
  now: Instant,
): Promise<EmergencyRow | Refusal> {
  const { number } = order;
  const review = order.review.trim();
  const refused = await refuseAct(town, 'emergency.review', number, by, review, 'review');
  if (refused) return refused;
  const done = await inTransaction(town.db.pool, async (client) => {
    const said = { at: now, post: by.post, staff: by.person!, review };
    if (!(await keepReview(client, town.district, number, said))) return false;
    await tell(client, town, number, { act: 'review', ...signed(by) }, review, now);
    return true;
  });
  if (!done)
    return refuse('emergency-not-over', `${emergencyName(number)} is not over, or was reviewed already.`);
  return await read(town, number);
}

/** Whether a post holds a power over a place: the same question that a page asks before it shows a form. */
export function mayOver(town: Town, power: string, area: PlaceRef, by: Actor): Because | Refusal {
  const above = ancestors(town.places, area.layer, area.code).map(({ code }) => code);
  const resource = {
    coUnits: [],
    places: [area.code, ...above],
    unitAncestors: (unit: string) => unitsAbove(town, unit),
  };
  const { allowed, because } = gateOf(town, town.pack).decide(holderOf(town, by), power, resource);
  if (!allowed) return noPower(power, because);
  return by.person === undefined
    ? refuse('person-needed', 'A person answers for it, not a post alone.')
    : because;
}

async function refuseAct(
  town: Town,
  power: string,
  number: number,
  by: Actor,
  text: string,
  field: string,
): Promise<Refusal | undefined> {
  const [row] = await listEmergencies(town.db.pool, town.district, { number }, 1);
  if (!row) return refuse('no-such-emergency', `There is no emergency ${emergencyName(number)}.`);
  const holds = mayOver(town, power, { layer: row.layer, code: row.area }, by);
  if (isRefusal(holds)) return holds;
  return text === '' ? missing(field) : undefined;
}

function missing(field: string): Refusal {
  return refuse('missing-field', `"${field}" is missing.`, { field });
}

function areaOf(town: Town, code: string): PlaceRef | undefined {
  const layer = town.profile.layers.find((one) => findPlace(town.places, one.code, code))?.code;
  return layer === undefined ? undefined : { layer, code };
}

function signed(by: Actor): { readonly post: string; readonly staff: string } {
  return { post: by.post, staff: by.person! };
}

/** A leaf of the ledger; what was written in free words stays in the row, and its hash goes in. */
async function tell(
  client: Client,
  town: Town,
  number: number,
  body: object,
  words: string,
  now: Instant,
): Promise<void> {
  await addLedgerEvent(client, town.district, {
    kind: 'emergency',
    at: now,
    body: { number, ...body, words: sha256(words.trim()) },
  });
}

async function read(town: Town, number: number): Promise<EmergencyRow> {
  await town.emergencies.refresh();
  const [row] = await listEmergencies(town.db.pool, town.district, { number }, 1);
  return row!;
}
