import { type Db, type Leadership, openLeadership } from '@gezhi/storage';

/**
 * Whether this process leads a matter. One of all processes does; when it dies the database notices and the next that asks takes over.
 * Leadership saves work, it does not make it right: whatever a leader does stays right when two believe to lead.
 */
export type Leader = { leads(matter: string): Promise<boolean>; close(): Promise<void> };

export function leaderOn(db: Db): Leader {
  // One connection for all who ask at once: a second one would hold what the first one is asked for, unseen and for good.
  let opening: Promise<Leadership> | undefined;
  const current = async (): Promise<Leadership> => {
    opening ??= openLeadership(db);
    const mine = opening;
    try {
      const connection = await mine;
      if (connection.alive()) return connection;
    } catch (error) {
      if (opening === mine) opening = undefined;
      throw error;
    }
    if (opening === mine) opening = undefined;
    return await current();
  };
  return {
    leads: async (matter) => await (await current()).leads(matter),
    close: async () => {
      const [opened] = await Promise.allSettled([opening]);
      opening = undefined;
      const connection = opened.status === 'fulfilled' ? opened.value : undefined;
      if (connection?.alive()) await connection.close();
    },
  };
}
