import type { BetterAuthPlugin, DBAdapter, DBTransactionAdapter, Where } from 'better-auth';
import { hashOf } from './hash-of.ts';

/**
 * Keeps of a session's token the hash. The library would write the token itself, and has no setting for it; so it goes on asking by tokens,
 * its database is asked by their hashes, and each row it gets has the token that it asked by. What lies in the table opens nothing.
 */
export function hashedTokens(): BetterAuthPlugin {
  return {
    id: 'hashed-tokens',
    // In place: by this object the library knows that its tables were checked.
    init: ({ adapter }) => void Object.assign(adapter, hashing({ ...adapter })),
  };
}

/** What a row of the table has for a token. */
export function tokenKept(token: string): string {
  return hashOf(token).toString('hex');
}

function hashing(inner: DBAdapter): DBAdapter {
  return {
    ...inner,
    ...byHash(inner),
    transaction: (work) => inner.transaction((within) => work({ ...within, ...byHash(within) })),
  };
}

/** Whatever names a session by its token. A session's token is never changed. */
function byHash(inner: DBTransactionAdapter) {
  return {
    create: async (call) => {
      const token: unknown = call.model === 'session' ? call.data.token : undefined;
      if (typeof token !== 'string') return await inner.create(call);
      return { ...(await inner.create({ ...call, data: { ...call.data, token: tokenKept(token) } })), token };
    },
    findOne: async (call) => named(call, await inner.findOne(asked(call))),
    findMany: async <T>(call: Parameters<DBAdapter['findMany']>[0]) =>
      (await inner.findMany<T>(asked(call))).map((row) => named(call, row)),
    count: (call) => inner.count(asked(call)),
    update: async (call) => named(call, await inner.update(asked(call))),
    updateMany: (call) => inner.updateMany(asked(call)),
    delete: (call) => inner.delete(asked(call)),
    deleteMany: (call) => inner.deleteMany(asked(call)),
    consumeOne: async (call) => named(call, await inner.consumeOne(asked(call))),
    incrementOne: async (call) => named(call, await inner.incrementOne(asked(call))),
  } satisfies Partial<DBAdapter>;
}

type Call = { readonly model: string; readonly where?: Where[] | undefined };

/** The same call by the hash, where it asks for sessions by token. */
function asked<C extends Call>(call: C): C {
  if (call.model !== 'session' || !call.where) return call;
  const where = call.where.map((one) => (one.field === 'token' ? { ...one, value: keptOf(one.value) } : one));
  return { ...call, where };
}

function keptOf(value: Where['value']): Where['value'] {
  return Array.isArray(value) ? value.map((one) => tokenKept(String(one))) : tokenKept(String(value));
}

/** The row with the token that it was asked by. */
function named<T>({ model, where }: Call, row: T): T {
  if (model !== 'session' || row === null || typeof row !== 'object' || !('token' in row)) return row;
  const tokens = (where ?? []).filter(({ field }) => field === 'token').flatMap(({ value }) => value);
  const kept = new Map(tokens.map((token) => [tokenKept(String(token)), token]));
  const token = kept.get(String(row.token));
  return token === undefined ? row : { ...row, token };
}
