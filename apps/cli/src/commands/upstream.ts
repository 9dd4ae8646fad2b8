import { isoInstant, isRefusal } from '@gezhi/basis';
import { type Imported, loadProfile, writeFile } from '@gezhi/connectors';
import { countUpstream, listReplies, retryReply, settleReply, type UpstreamReplyRow } from '@gezhi/storage';
import {
  readOrders,
  replyRecord,
  type Town,
  takeOrders,
  townOf,
  UPSTREAM_PROFILE,
  UPSTREAM_WORDS,
  upstreamDifferences,
} from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { table } from '../print/table.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';
import { formatOf } from './export.ts';

type Options = CommonOptions & {
  readonly district?: string;
  readonly system: string;
  readonly output?: string;
  readonly format?: string;
};

const WHAT = ['status', 'diff', 'take', 'export', 'retry'] as const;
const ROWS_MAX = 10_000;

export function register(program: Command, io: Io): void {
  const command = program
    .command('upstream')
    .description(
      say(
        io,
        '上级工单：status 台账，diff 差异，take 接收文件，export 导出回复，retry 重发',
        'orders from above: status, diff, take a file, export replies, retry',
      ),
    )
    .argument(`<${WHAT.join('|')}>`, say(io, '做什么', 'what to do'))
    .argument('[file|id...]', say(io, '工单文件，或要重发的回复编号', 'a file of orders, or ids of replies'))
    .option('--system <name>', say(io, '上级系统名', 'name of the system above'), 'city12345')
    .option('--format <format>', 'csv, tsv, xlsx, ndjson')
    .option('-o, --output <file>', say(io, '导出到此文件', 'write into this file'))
    .addOption(districtOption(io))
    .action((what: string, names: readonly string[], options: Options) =>
      upstreamCommand(io, what, names, options),
    );
  common(command, io, [
    'gezhi upstream status',
    'gezhi upstream take orders.xlsx',
    'gezhi upstream export -o replies.csv',
    'gezhi upstream retry 42.city12345.SZ2026001',
  ]);
}

async function upstreamCommand(
  io: Io,
  said: string,
  names: readonly string[],
  options: Options,
): Promise<void> {
  const what = WHAT.find((one) => one === said);
  if (!what) throw usage(`"${said}" is none of ${WHAT.join(', ')}.`, 'gezhi upstream status');
  if ((what === 'take' || what === 'retry') && names.length === 0)
    throw usage('Name a file of orders, or ids of replies.', 'gezhi upstream take orders.xlsx');
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    await DO[what](io, town, names, options);
  });
}

type Do = (io: Io, town: Town, names: readonly string[], options: Options) => Promise<void>;

const DO: Readonly<Record<(typeof WHAT)[number], Do>> = { status, diff, take, export: exportReplies, retry };

async function status(io: Io, town: Town, _names: readonly string[], { json }: Options): Promise<void> {
  const w = UPSTREAM_WORDS[io.lang];
  const counts = await countUpstream(town.db.pool, town.district);
  const replies = await listReplies(town.db.pool, town.district, undefined, 50);
  if (json) return io.out(JSON.stringify({ ...counts, newest: replies }));
  io.out(w.counts(counts.orders));
  for (const [state, n] of Object.entries(counts.replies))
    io.out(`  ${w.states[state as keyof typeof w.states]}: ${n}`);
  if (replies.length === 0) return io.out(w.noReplies);
  const heads = [say(io, '编号', 'id'), w.what, w.state, w.when].map((head) => ({ head }));
  const rows = replies.map((r) => [
    r.id,
    w.replied[r.what],
    sayState(w.states[r.state], r),
    isoInstant(r.sentAt ?? r.madeAt),
  ]);
  for (const line of table(heads, rows)) io.out(line);
}

function sayState(state: string, { reason }: UpstreamReplyRow): string {
  return reason === null ? state : `${state} (${reason})`;
}

async function diff(io: Io, town: Town, _names: readonly string[], { json }: Options): Promise<void> {
  const w = UPSTREAM_WORDS[io.lang];
  const found = await upstreamDifferences(town, ROWS_MAX);
  if (json)
    return io.out(
      JSON.stringify({
        differences: found.map(({ order, ours, what }) => ({ ...plain(order), ours, what })),
      }),
    );
  if (found.length === 0) return io.out(w.noDifferences);
  const heads = [w.number, w.what, w.theirs, w.ours].map((head) => ({ head }));
  const at = (moment: number | null | undefined): string => (moment == null ? '' : isoInstant(moment));
  const rows = found.map(({ order, ours, what }) => [
    order.number,
    what.map((code) => w.differ[code]).join(say(io, '；', '; ')),
    `${order.status ?? ''} ${at(order.term)}`.trim(),
    `${ours.state} ${at(ours.dueAt)}`.trim(),
  ]);
  for (const line of table(heads, rows)) io.out(line);
}

function plain({
  system,
  number,
  caseId,
  status,
  term,
}: Awaited<ReturnType<typeof upstreamDifferences>>[number]['order']) {
  return { system, number, caseId, status, term };
}

async function take(io: Io, town: Town, names: readonly string[], { json, system }: Options): Promise<void> {
  for (const name of names) {
    const { rows, refused } = await readOrders(name, io.now());
    const taken = await takeOrders(town, system, rows, io.now());
    if (isRefusal(taken)) throw usage(taken.because, '--system city12345');
    const unread = refused.map(({ row, because }) => ({ row, because: because[io.lang] }));
    if (json) io.out(JSON.stringify({ file: name, orders: taken, refused: unread }));
    else
      io.out(
        sayTaken(
          io,
          name,
          taken.map(({ outcome }) => outcome),
          unread.length,
        ),
      );
    for (const { row, because } of json ? [] : unread) io.err(`${row}: ${because}`);
    if (unread.length > 0 || taken.some(({ outcome }) => outcome === 'refused')) io.end(3);
  }
}

function sayTaken(io: Io, file: string, outcomes: readonly string[], unread: number): string {
  const n = (outcome: string): number => outcomes.filter((one) => one === outcome).length;
  const refused = n('refused') + unread;
  return say(
    io,
    `${file}：新收 ${n('received')} 件，有更新 ${n('changed')} 件，无变化 ${n('same')} 件，未收 ${refused} 件。`,
    `${file}: ${n('received')} new, ${n('changed')} changed, ${n('same')} as before, ${refused} refused.`,
  );
}

/** What waits in the house, the oldest first; written whole before any is marked as exported. */
async function exportReplies(io: Io, town: Town, _names: readonly string[], options: Options): Promise<void> {
  const { output, json } = options;
  if (output === undefined) throw usage('Where to is not said.', 'gezhi upstream export -o replies.csv');
  const { pool } = town.db;
  const waiting = await listReplies(pool, town.district, 'outbox', ROWS_MAX);
  const records: Imported[] = [];
  const told: UpstreamReplyRow[] = [];
  for (const reply of waiting) {
    const record = await replyRecord(town, reply);
    if (!record) continue;
    records.push(record);
    told.push(reply);
  }
  const rows = await writeFile(
    output,
    records,
    loadProfile(UPSTREAM_PROFILE),
    formatOf(options.format, output),
  );
  const now = io.now();
  for (const { id } of told)
    await settleReply(pool, town.district, { id, state: 'exported', nextAt: now, sentAt: now });
  if (json) io.out(JSON.stringify({ output, replies: rows }));
  else io.out(say(io, `${output}：${rows} 条回复。`, `${output}: ${rows} replies.`));
}

async function retry(io: Io, town: Town, ids: readonly string[], { json }: Options): Promise<void> {
  const results: { id: string; again: boolean }[] = [];
  for (const id of ids)
    results.push({ id, again: await retryReply(town.db.pool, town.district, id, io.now()) });
  if (json) io.out(JSON.stringify({ replies: results }));
  else
    for (const { id, again } of results)
      io.out(
        again
          ? say(io, `${id}：已排入重发`, `${id}: will be sent again`)
          : say(io, `${id}：没有可重发的`, `${id}: nothing to send again`),
      );
  if (results.some(({ again }) => !again)) io.end(3);
}
