/** PostgreSQL's codes for "not now": connection lost, shutting down, starting up, too many connections, cannot write. */
const AWAY = /^(?:08...|57P0[1-3]|53...|25006|58030)$/;
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);
const SAID =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable/i;

/** Whether an error says that the database is away, so that the same work can be done later; anything else is a fault in the work. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (AWAY.test(code) || SOCKET.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return SAID.test(error.message) || isDatabaseAway(error.cause);
}
