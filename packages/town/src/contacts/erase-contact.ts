import type { CaseId, Instant, RequestNumber } from '@gezhi/basis';
import {
  addLedgerEvent,
  deleteSaid,
  inTransaction,
  keptPersons,
  keptStates,
  lockSaid,
  recordSaid,
  type SaidOf,
  saidThere,
} from '@gezhi/storage';
import { endSubscriptionsOf } from '../subscriptions/subscribe.ts';
import type { Town } from '../town.ts';
import { partsOf, personId, ROLES } from './contact-fields.ts';
import type { Erasure } from './erasure-list.ts';
import { unsearch } from './unsearch.ts';

/** What became of the people behind a number: destroyed, or locked away until a legal term has run. */
export type ErasedContact =
  | { readonly erased: number }
  | { readonly erased: 0; readonly until: Instant; readonly reason: string };

/** Why somebody is erased: they asked for it, nothing needs it any more, or an emergency that they were looked up for is long over. */
export type ErasureCause = 'asked' | 'retention' | 'emergency';

/**
 * Destroys the keys of everybody behind a number; while a legal term runs they are locked away instead, with the reason (PIPL Art. 47).
 * First it stands on the list of erasures, so that no older database brings them back; then it is done, with an event of the ledger.
 * Harmless twice.
 */
export async function eraseContact(
  town: Town,
  number: RequestNumber,
  order: {
    readonly now: Instant;
    readonly cause: ErasureCause;
    readonly term?: { readonly until: Instant; readonly reason: string };
  },
): Promise<ErasedContact> {
  const { now, cause, term } = order;
  const { district } = town;
  const persons = await keptPersons(
    town.db.pool,
    district,
    ROLES.map((role) => personId(number, role)),
  );
  const locked = term && term.until > now ? term : undefined;
  if (cause === 'asked') await endSubscriptionsOf(town, number, persons, now);
  await town.keeping.erasures.add(
    district,
    persons.map((person) => ({ person, at: now, ...locked })),
  );
  await inTransaction(town.db.pool, async (client) => {
    for (const person of persons) {
      await town.vault.erase(client, district, person, { now, ...(locked ? { term: locked } : {}) });
      if (locked) continue;
      const { role } = partsOf(person);
      await addLedgerEvent(client, district, { kind: 'erasure', at: now, body: { number, role, cause } });
    }
  });
  return locked && persons.length > 0 ? { erased: 0, ...locked } : { erased: persons.length };
}

/** How many persons are looked up at once. */
const BATCH = 1_000;

/** Erases again what an older database still holds of whom was erased, and locks away again whom it shows. Answers how many it erased. */
export async function eraseAgain(town: Town, now: Instant): Promise<number> {
  const { district } = town;
  const last = new Map((await town.keeping.erasures.read(district)).map((one) => [one.person, one]));
  const said = [...last.keys()].filter((id) => id.endsWith('/said'));
  const all = [...last.keys()].filter((id) => !id.endsWith('/said'));
  let erased = await eraseSaidAgain(
    town,
    said.map((id) => last.get(id)!),
    now,
  );
  for (let i = 0; i < all.length; i += BATCH) {
    const kept = await keptPersons(town.db.pool, district, all.slice(i, i + BATCH));
    for (const person of kept) {
      const { until, reason = '' } = last.get(person)!;
      const term = until !== undefined && until > now ? { term: { until, reason } } : {};
      const done = await town.vault.erase(town.db.pool, district, person, { now, ...term });
      if (done.erased) erased += 1;
    }
  }
  if (erased > 0) {
    await inTransaction(town.db.pool, (client) =>
      addLedgerEvent(client, district, {
        kind: 'erasure',
        at: now,
        body: { cause: 'restored', persons: erased },
      }),
    );
  }
  return erased;
}

/** A database that has the record of an erasure has carried it out: what was said since is not touched. */
async function eraseSaidAgain(town: Town, list: readonly Erasure[], now: Instant): Promise<number> {
  const { district, db } = town;
  let erased = 0;
  for (let i = 0; i < list.length; i += BATCH) {
    const some = list.slice(i, i + BATCH);
    const states = await keptStates(
      db.pool,
      district,
      some.map(({ person }) => person),
    );
    const known = new Map(states.map((state) => [state.person, state]));
    for (const { person, at, until, reason = '' } of some) {
      const state = known.get(person);
      const term = until !== undefined && until > now ? { until, reason } : undefined;
      const done = term ? state?.stored_until === until : (state?.erased_at ?? -1) >= at;
      if (done) continue;
      const of = saidOf(person);
      const there = await saidThere(db.pool, district, of);
      await inTransaction(db.pool, async (client) => {
        if (term) await lockSaid(client, district, of, term.until);
        else await deleteSaid(client, district, of);
        await recordSaid(client, district, person, term ?? { erasedAt: now });
        await unsearch(client, town, there);
      });
      if (!term) erased += 1;
    }
  }
  return erased;
}

/** The id of a case is a UUID, which no number is. */
function saidOf(id: string): SaidOf {
  const of = id.slice(0, -'/said'.length);
  return of.includes('-') ? { caseId: of as CaseId } : { number: of };
}
