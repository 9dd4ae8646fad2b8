import { totalmem } from 'node:os';

/**
 * What the promises of Gezhi rest on. Given on the command line of every start, so that no file and no ALTER SYSTEM
 * can undo it.
 */
export function fixedSettings(socketDir: string, durable: boolean): Readonly<Record<string, string>> {
  return {
    // Only who may enter the socket's folder (mode 0700) reaches the server: no port, no password to leak.
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    // Acknowledged means on disk. Only a test that throws its server away switches this off.
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    // A backup copies files while the server writes: it needs the log of changes in full.
    wal_level: 'replica',
    // Compiling costs 50–500 ms a plan, more than nearly all of our queries take.
    jit: 'off',
    TimeZone: 'UTC',
    // Messages in English, because this launcher and people who search for them read them.
    lc_messages: 'C',
    // The log of the server holds no personal data: no statements, no values (they would stand in DETAIL), and no errors of
    // single statements, which go to the service that sent them.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_checkpoints: 'off',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '%m [%p] ',
  };
}

const GIB = 2 ** 30;

/**
 * By the machine's memory. Ids that are times of opening are inserted all over an index when years are imported at once: as long as the
 * index lies in memory, and checkpoints are rare, that costs nothing; the price is memory, disk and a longer recovery after a crash.
 */
const SMALL = { shared_buffers: '128MB', effective_cache_size: '512MB', max_wal_size: '1GB' };
const MIDDLE = { shared_buffers: '256MB', effective_cache_size: '2GB', max_wal_size: '2GB' };
const LARGE = { shared_buffers: '1GB', effective_cache_size: '8GB', max_wal_size: '6GB' };

/** What an operator may change in postgresql.conf: sized for two cores, written once when the cluster is made. */
export function initialSettings(): Readonly<Record<string, string>> {
  const memory = totalmem();
  const size = memory >= 16 * GIB ? LARGE : memory >= 4 * GIB ? MIDDLE : SMALL;
  return {
    ...size,
    max_connections: '120',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    random_page_cost: '1.1',
  };
}
