import { type Instant, isoInstant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import {
  findRequest,
  keptStates,
  type LookRow,
  loadFacts,
  looksAt,
  saidId,
  wordsOfCases,
} from '@gezhi/storage';
import type { Town } from '../town.ts';
import { type Contact, personId, ROLES } from './contact-fields.ts';
import { alarmsOf } from './raise-alarm.ts';
import { readContact } from './read-contact.ts';

/** Everything that is kept about a person under a number, as they may take it with them (PIPL Art. 45). */
export type OwnData = {
  readonly number: RequestNumber;
  readonly district: string;
  readonly copiedAt: string;
  readonly contact: Contact;
  /** Where they are kept for the law alone: until when, and why. */
  readonly kept: readonly { readonly until: string; readonly reason: string }[];
  readonly said: readonly string[];
  readonly kind: string;
  readonly state: string;
  readonly openedAt: string;
  readonly looks: readonly {
    readonly at: string;
    readonly unit: string;
    readonly post: string;
    readonly staff: string | null;
    readonly purpose: string;
    readonly basis: string;
    readonly fields: readonly string[];
    readonly reason?: string;
  }[];
  /** Attempts of the units that the matter is about, which were refused. */
  readonly attempts: readonly {
    readonly at: string;
    readonly unit: string;
    readonly post: string;
    readonly staff: string | null;
  }[];
};

/** Who looked at whoever is behind a number, the newest first; what is put off by law comes when its time is over. */
export async function myLooks(town: Town, number: RequestNumber, now: Instant): Promise<readonly LookRow[]> {
  return await looksAt(town.db.pool, town.district, number, now);
}

/** A copy of one's own data. That it was taken is a look as well. Refuses `no-such-request`. */
export async function ownData(town: Town, number: RequestNumber, now: Instant): Promise<OwnData | Refusal> {
  const { pool } = town.db;
  const { district } = town;
  const caseId = await findRequest(pool, district, number);
  const c = caseId && replay((await loadFacts(pool, district, [caseId])).get(caseId) ?? []);
  if (!c || !caseId) return refuse('no-such-request', `There is no request ${number} here.`);
  const contact = await readContact(town, { number, purpose: 'own', by: { post: 'requester' } }, now);
  if (isRefusal(contact)) return contact;
  const states = await keptStates(pool, district, [
    ...ROLES.map((role) => personId(number, role)),
    saidId({ number }),
  ]);
  const words = await wordsOfCases(pool, district, [caseId]);
  return {
    number,
    district,
    copiedAt: isoInstant(now),
    contact,
    kept: states.flatMap(({ stored_until: until, reason }) =>
      until === null ? [] : [{ until: isoInstant(until), reason: reason ?? '' }],
    ),
    said: words.filter((row) => row.number === number).map(({ said }) => said),
    kind: c.kind,
    state: c.state,
    openedAt: isoInstant(c.openedAt),
    looks: (await myLooks(town, number, now)).map((look) => lookOf(town, look)),
    attempts: (await alarmsOf(town, { number })).map(({ at, unit, post, staff }) => ({
      at: isoInstant(at),
      unit: (unit && town.units.get(unit)?.name) ?? unit ?? '',
      post: town.posts.get(post)?.name ?? post,
      staff,
    })),
  };
}

function lookOf(town: Town, look: LookRow): OwnData['looks'][number] {
  const purpose = town.purposes.get(look.purpose);
  return {
    at: isoInstant(look.at),
    unit: (look.unit && town.units.get(look.unit)?.name) ?? look.unit ?? '',
    post: town.posts.get(look.post)?.name ?? look.post,
    staff: look.staff,
    purpose: look.purpose,
    basis: purpose?.basis ?? '',
    fields: look.fields,
    ...(look.reason === null ? {} : { reason: look.reason }),
  };
}
