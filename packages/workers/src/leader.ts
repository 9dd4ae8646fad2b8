import { type Db, type Leadership, openLeadership } from '@gezhi/storage';

/**
 * Whether this process leads a matter. One of all processes does; when it dies the database notices and the next that asks takes over.
 * Leadership saves work, it does not make it right: whatever a leader does stays right when two believe to lead.
 */
export type Leader = { leads(matter: string): Promise<boolean>; close(): Promise<void> };

export function leaderOn(db: Db): Leader {
  let connection: Leadership | undefined;
  return {
    leads: async (matter) => {
      if (connection?.alive() === false) connection = undefined;
      connection ??= await openLeadership(db);
      return await connection.leads(matter);
    },
    close: async () => {
      const open = connection?.alive() ? connection : undefined;
      connection = undefined;
      await open?.close();
    },
  };
}
