import { randomBytes } from 'node:crypto';
import { Fault, isRefusal } from '@gezhi/basis';
import {
  appendTree,
  differenceOf,
  EMPTY_FRONTIER,
  hashLeaf,
  type Leaf,
  leafEntry,
  readLeaf,
  rootOf,
  sameBytes,
} from '@gezhi/ledger';
import {
  addLedgerEvent,
  eventHead,
  headOf,
  insertLeaves,
  inTransaction,
  type LeafRow,
  leafHeads,
  lockFollower,
  moveFollower,
  nodeSha256,
  type OpenLog,
  type ReadLog,
  readEntries,
  shownCheckpoint,
  tellLeaves,
  tellRows,
} from '@gezhi/storage';
import type { Town } from '@gezhi/town';

/** Leaves in one batch at most. */
const BATCH = 2_000;

const FOLLOWER = 'ledger';

/**
 * Brings a town's ledger up to the head of its log: facts by `position`, then events, become rows of `ledger_leaf` in one transaction, and
 * the rows become leaves. A kill between the two costs nothing: the rows hold their salts, so the same leaves are written next time.
 * One process at a time per log.
 *
 * @throws Fault `database-behind` where the ledger holds leaves that the database does not know: an older backup was restored
 */
export async function followLedger(
  town: Town,
  log: OpenLog,
  stopping = (): boolean => false,
): Promise<number> {
  const size = log.size();
  for (;;) {
    const { rows, total } = await sequence(town);
    if (log.size() > total) throw behind(town, log.size(), total);
    while (log.size() < total && !stopping()) await writeBatch(town, log, rows, total);
    if (rows.length < BATCH || stopping()) break;
  }
  if (log.size() > size) await log.publish();
  return log.size() - size;
}

type Sequenced = { readonly rows: readonly LeafRow[]; readonly total: number };

/** Gives the next facts and events their leaves. */
async function sequence(town: Town): Promise<Sequenced> {
  const { district } = town;
  return await inTransaction(town.db.pool, async (client) => {
    const { position } = await lockFollower(client, district, FOLLOWER, '');
    const upTo = Math.min(await headOf(client, district), position + BATCH);
    const heads = await leafHeads(client, district);
    const facts = Array.from({ length: upTo - position }, (_, i) => ({
      fact: position + 1 + i,
      event: null,
    }));
    const eventsUpTo = Math.min(await eventHead(client, district), heads.events + BATCH);
    const events = Array.from({ length: eventsUpTo - heads.events }, (_, i) => ({
      fact: null,
      event: heads.events + 1 + i,
    }));
    const salts = randomBytes(16 * (facts.length + events.length));
    const rows = [...facts, ...events].map(
      (of, i): LeafRow => ({ ...of, leaf: heads.leaves + i, salt: salts.subarray(16 * i, 16 * i + 16) }),
    );
    await insertLeaves(client, district, rows);
    await moveFollower(client, district, FOLLOWER, upTo);
    return { rows, total: heads.leaves + rows.length };
  });
}

/** @param fresh rows that were given their leaves just now; those from before a kill are read */
async function writeBatch(town: Town, log: OpenLog, fresh: readonly LeafRow[], total: number): Promise<void> {
  const { pool } = town.db;
  const from = log.size();
  const told =
    fresh[0]?.leaf === from
      ? await tellRows(pool, town.district, fresh)
      : await tellLeaves(pool, town.district, from, Math.min(fresh[0]?.leaf ?? total, from + BATCH));
  const entries = told.map(({ told: leaf, row }) => {
    if (leaf) return leafEntry(leaf);
    throw new Fault(
      'leaf-gone',
      `Leaf ${row.leaf} of ${town.district} is not in the ledger yet and its fact or salt is gone.`,
      {
        hint: 'Restore the database, or the ledger folder with this leaf in it.',
      },
    );
  });
  await log.append(entries);
}

function behind(town: Town, inLedger: number, inDatabase: number): Fault {
  return new Fault(
    'database-behind',
    `The ledger of ${town.district} holds ${inLedger} leaves, the database knows ${inDatabase}: an older backup was restored, and what happened since is missing from it.`,
    {
      hint: 'gezhi verify says which facts are missing; gezhi verify --accept-loss goes on from here and writes down that it happened.',
    },
  );
}

/**
 * Claims the ledger of a district for a key: the first that writes it. Another process with a key of its own would write a second ledger.
 *
 * @throws Fault `other-ledger` where another key writes it
 */
export async function claimLedger(town: Town, line: string): Promise<void> {
  const name = `ledger ${town.district}`;
  const value = Buffer.from(line);
  await town.db.pool.query('INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    value,
  ]);
  const { rows } = await town.db.pool.query<{ value: Buffer }>('SELECT value FROM secret WHERE name = $1', [
    name,
  ]);
  if (rows[0]?.value.equals(value)) return;
  throw new Fault(
    'other-ledger',
    `The ledger of ${town.district} is written with the key ${rows[0]?.value}, not with ${line}.`,
    {
      hint: 'One process keeps the ledger: give this one the folder "ledger" of the data folder that began it.',
    },
  );
}

/**
 * Goes on after an older backup was restored: the leaves that the database has lost stay in the ledger for ever, as about nothing that it
 * knows, and the loss becomes an event of its own. Answers how many were lost.
 */
export async function acceptLoss(town: Town, log: OpenLog, now: number): Promise<number> {
  return await inTransaction(town.db.pool, async (client) => {
    await lockFollower(client, town.district, FOLLOWER, '');
    const { leaves } = await leafHeads(client, town.district);
    const lost = log.size() - leaves;
    if (lost <= 0) return 0;
    const nothing = { fact: null, event: null, salt: null };
    await insertLeaves(
      client,
      town.district,
      Array.from({ length: lost }, (_, i) => ({ ...nothing, leaf: leaves + i })),
    );
    await addLedgerEvent(client, town.district, { kind: 'restore', at: now, body: { from: leaves, lost } });
    return lost;
  });
}

/** Something in which ledger and database do not agree, with the leaf that says so. */
export type LedgerFinding = {
  readonly code: 'tiles-changed' | 'database-behind' | 'dropped' | 'changed' | 'redated' | 'swapped' | 'lost';
  readonly leaf?: number;
  /** What the ledger holds there. */
  readonly held?: Leaf;
};

export type LedgerAudit = {
  readonly leaves: number;
  /** Leaves whose salt was erased with the data: in the tree, and not to be compared any more. */
  readonly erased: number;
  readonly findings: readonly LedgerFinding[];
};

/**
 * Compares every leaf of a ledger with what the database tells now, and the tree with its checkpoint: finds a fact that was changed, dated
 * otherwise or dropped, an event that is gone, a database that is older than its ledger. Reads everything once, bundle by bundle.
 */
export async function auditLedger(town: Town, read: ReadLog, findingsMax = 100): Promise<LedgerAudit> {
  const shown = await shownCheckpoint(read);
  const findings: LedgerFinding[] = [];
  let [tree, erased] = [EMPTY_FRONTIER, 0];
  for await (const bundle of readEntries(read, shown.size)) {
    const told = await tellLeaves(town.db.pool, town.district, tree.size, tree.size + bundle.length);
    const byLeaf = new Map(told.map((one) => [one.row.leaf, one]));
    for (const [i, entry] of bundle.entries()) {
      const leaf = tree.size + i;
      const held = readLeaf(entry);
      if (isRefusal(held)) {
        findings.push({ code: 'tiles-changed', leaf });
        continue;
      }
      const now = byLeaf.get(leaf);
      if (now && now.row.fact === null && now.row.event === null) findings.push({ code: 'lost', leaf, held });
      else if (now && now.row.salt === null && now.body) erased += 1;
      else {
        const code = !now ? 'database-behind' : now.told ? differenceOf(held, now.told) : 'dropped';
        if (code) findings.push({ code, leaf, held });
      }
    }
    tree = appendTree(
      nodeSha256,
      tree,
      bundle.map((entry) => hashLeaf(nodeSha256, entry)),
    );
    if (findings.length >= findingsMax) break;
  }
  if (tree.size === shown.size && !sameBytes(rootOf(nodeSha256, tree), shown.root))
    findings.push({ code: 'tiles-changed' });
  return { leaves: shown.size, erased, findings };
}
