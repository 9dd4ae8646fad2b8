import type { Times } from './times.ts';

export const UNIT_KINDS = [
  'department',
  'street',
  'town',
  'township',
  'residentsCommittee',
  'villagersCommittee',
  'utility',
  'propertyFirm',
  'contractor',
  'hotline',
  'centre',
  'police',
  'government',
  'emergency',
  'civilAffairs',
  'petitionOffice',
  'mediationCommittee',
  'disclosureOffice',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** How high a unit stands, whatever its place is called: `district` is also a county's, `street` a town's and a township's. */
export const UNIT_LEVELS = ['city', 'district', 'street', 'community'] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

export const POST_KINDS = [
  'gridWorker',
  'gridLead',
  'desk',
  'head',
  'dispatcher',
  'seat',
  'checker',
  'lineChief',
  'dutyPost',
  'arbiter',
  'dataSteward',
] as const;
export type PostKind = (typeof POST_KINDS)[number];

export const DUTY_ROLES = ['lead', 'co', 'fallback'] as const;
export type DutyRole = (typeof DUTY_ROLES)[number];

/** 单位: a body that answers for matters. `parent` is the unit above it, `place` the code of the place it belongs to. */
export type Unit = Times & {
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly level: UnitLevel;
  readonly parent?: string;
  readonly place?: string;
};

/** 岗: a chair in a unit. A post that stands in for another names it in `deputyOf`. */
export type Post = Times & {
  readonly code: string;
  readonly unit: string;
  readonly kind: PostKind;
  readonly name: string;
  readonly place?: string;
  readonly deputyOf?: string;
};

/** Who sits on a post, and at which hours of the week (`shift.ts`); without `shift`, always. `person` is a staff number. */
export type Staffing = Times & {
  readonly person: string;
  readonly post: string;
  readonly shift?: string;
};

/**
 * 职责: a unit (and a post of it) answers for kinds × places × time.
 *
 * `kind` is a pattern (`kind-pattern.ts`), `place` a code of `layer` or `*`, `basis` the law or list that gives the duty.
 * `lead` leads, `co` assists, `fallback` (兜底) leads only where nobody else does.
 */
export type Duty = Times & {
  readonly unit: string;
  readonly post?: string;
  readonly kind: string;
  readonly layer: string;
  readonly place: string;
  readonly role: DutyRole;
  readonly basis: string;
};

/** A committee of residents or villagers governs itself and is no government; it leads only what its own list names. */
export function isCommunity(kind: UnitKind): boolean {
  return kind === 'residentsCommittee' || kind === 'villagersCommittee';
}

/** Street, town or township: where it leads, its district is copied to urge it (Beijing ordinance 2021, Art. 12). */
export function isStreetLevel(kind: UnitKind): boolean {
  return kind === 'street' || kind === 'town' || kind === 'township';
}
