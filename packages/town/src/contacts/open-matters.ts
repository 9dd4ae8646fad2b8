import { type Instant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { isOpenPhase, replay } from '@gezhi/cases';
import { findRequest, inTransaction, loadFacts } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { partsOf } from './contact-fields.ts';

/**
 * The numbers of the open matters of whoever proved that a telephone number or mail address is theirs. No ended ones, no count, nothing of what they said
 * before: nobody is shown a history of. Refuses `no-phone`, `no-purpose`.
 */
export async function openMattersOf(
  town: Town,
  phone: string,
  now: Instant,
): Promise<readonly RequestNumber[] | Refusal> {
  const mark = await town.vault.markOf(town.district, phone);
  if (!mark) return refuse('no-phone', 'This is no telephone number and no mail address.');
  return await openMattersByMark(town, mark, now);
}

/** The same of whoever proved it before, by the mark that the vault finds them by. */
export async function openMattersByMark(
  town: Town,
  mark: Buffer,
  now: Instant,
): Promise<readonly RequestNumber[] | Refusal> {
  const reading = { purpose: 'own', by: { post: 'requester' }, at: now };
  const persons = await inTransaction(town.db.pool, (client) =>
    town.vault.findByMark(client, town.district, mark, reading),
  );
  if (isRefusal(persons)) return persons;
  const open: RequestNumber[] = [];
  for (const number of new Set(persons.map((person) => partsOf(person).number as RequestNumber))) {
    const caseId = await findRequest(town.db.pool, town.district, number);
    const c = caseId && replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
    if (c && isOpenPhase(c.phase)) open.push(number);
  }
  return open;
}
