import pg from 'pg';
import type { Db } from '../connect.ts';
import { SERVICE_ROLE } from '../roles.ts';
import { SESSION_SETTINGS, valueTypes } from '../values.ts';

/** A connection that holds what this process leads. The database takes it all back when the process or the connection dies. */
export type Leadership = {
  /** Whether this process leads the matter (from now on, where nobody did). */
  leads(matter: string): Promise<boolean>;
  /** False once the connection broke: everything it led is lost, and a new one is needed. */
  alive(): boolean;
  close(): Promise<void>;
};

/** Opens a dedicated connection for leadership by session advisory locks. */
export async function openLeadership(db: Db): Promise<Leadership> {
  const options = [db.admin.options, SESSION_SETTINGS].join(' ').trim();
  const client = new pg.Client({ ...db.admin, options, types: valueTypes, application_name: 'gezhi leader' });
  let alive = true;
  const held = new Set<string>();
  // Several may ask at once; a connection answers one after the other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
    const mine = last.then(ask, ask);
    // Whoever asked is told by the promise itself; the next one asks anew.
    last = mine.catch(() => undefined);
    return mine;
  };
  client.on('error', () => {
    alive = false;
  });
  client.on('end', () => {
    alive = false;
  });
  await client.connect();
  await client.query(`SET ROLE ${SERVICE_ROLE}`);
  return {
    alive: () => alive,
    leads: (matter) =>
      inTurn(async () => {
        // Asked even where it is held: a lost connection must be noticed before the work, not after it.
        if (held.has(matter)) {
          await client.query('SELECT');
          return true;
        }
        const { rows } = await client.query<{ got: boolean }>(
          'SELECT pg_try_advisory_lock(hashtext($1), hashtext($2)) AS got',
          ['gezhi.leader', matter],
        );
        if (rows[0]?.got) held.add(matter);
        return rows[0]?.got === true;
      }),
    close: async () => {
      alive = false;
      await client.end();
    },
  };
}
