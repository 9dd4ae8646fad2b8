import pg from 'pg';

/**
 * Our pool as the library wants it: moments as `Date`, as plain `pg` reads them. Everything else of the connection stays ours, its role
 * too.
 */
export function libraryPool(pool: pg.Pool): pg.Pool {
  const connect = async (): Promise<object> => {
    const client = await pool.connect();
    return {
      query: (text: string, values: readonly unknown[]) =>
        client.query({ text, values: [...values], types: pg.types }),
      release: () => client.release(),
    };
  };
  // The library asks for nothing but these two.
  return { connect, end: async () => undefined } as unknown as pg.Pool;
}
