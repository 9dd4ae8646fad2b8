import { DAY, type Instant, type RequestNumber } from '@gezhi/basis';
import {
  addLedgerEvent,
  caseRowsOf,
  closeEmergency,
  closePurge,
  findRequest,
  inTransaction,
  listEmergencies,
  looksToPurge,
  noteEmergencyLook,
  notePurged,
  openEmergencies,
} from '@gezhi/storage';
import { eraseContact } from '../contacts/erase-contact.ts';
import { emergenciesAt } from '../powers/dated-states.ts';
import type { Town } from '../town.ts';
import { PURGE_DAYS } from './declare-emergency.ts';

type Client = Parameters<typeof addLedgerEvent>[0];

/** Notes, in the transaction of the look, for which emergencies the contacts behind a number are looked at; answers for how many. Three round trips. */
export async function noteLook(client: Client, town: Town, number: RequestNumber): Promise<number> {
  const caseId = await findRequest(client, town.district, number);
  const [row] = caseId ? await caseRowsOf(client, town.district, [caseId]) : [];
  const covering = row ? emergenciesAt(town, row.place).map((one) => one.number) : [];
  await noteEmergencyLook(client, town.district, covering, number);
  return covering.length;
}

/** Notes which emergencies ended by themselves, each as a leaf of the ledger. Answers how many. They were not in force since their end. */
export async function endDue(town: Town, now: Instant): Promise<number> {
  const due = (await openEmergencies(town.db.pool, town.district)).filter(
    ({ endedAt, endsAt }) => endedAt === null && endsAt <= now,
  );
  for (const { number, endsAt } of due) {
    await inTransaction(town.db.pool, async (client) => {
      const end = { at: endsAt, purgeAt: endsAt + PURGE_DAYS * DAY };
      if (!(await closeEmergency(client, town.district, number, end))) return;
      const body = { number, act: 'end', byItself: true, endsAt };
      await addLedgerEvent(client, town.district, { kind: 'emergency', at: now, body });
    });
  }
  if (due.length > 0) await town.emergencies.refresh();
  return due.length;
}

/**
 * Erases who is behind the numbers that were looked at for an emergency, a term after its end (《突发事件应对法》第85条). What an open case or a
 * legal term needs still waits for that, and is erased then. Each erasure is a leaf of the ledger, and so is the end of the purge. Answers how
 * many requests. Goes on where it was killed.
 */
export async function purgeDue(
  town: Town,
  now: Instant,
  stopping: () => boolean = () => false,
): Promise<number> {
  const { pool } = town.db;
  let purged = 0;
  for (const look of await looksToPurge(pool, town.district, now)) {
    if (look.needed) continue;
    if (stopping()) return purged;
    await eraseContact(town, look.number as RequestNumber, { now, cause: 'emergency' });
    await inTransaction(pool, (client) => notePurged(client, town.district, look));
    purged += 1;
  }
  for (const { number } of await openEmergencies(pool, town.district)) {
    await inTransaction(pool, async (client) => {
      if (!(await closePurge(client, town.district, number, now))) return;
      const [row] = await listEmergencies(client, town.district, { number }, 1);
      const body = { number, act: 'purge', requests: row!.purged };
      await addLedgerEvent(client, town.district, { kind: 'emergency', at: now, body });
    });
  }
  return purged;
}
