import { isCaseId, isoInstant } from '@gezhi/basis';
import { listNotices, NOTICE_STATES, type NoticeFilter, type NoticeRow, retryNotice } from '@gezhi/storage';
import { townOf } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { table } from '../print/table.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & {
  readonly district?: string;
  readonly state?: string;
  readonly target?: string;
  readonly case?: string;
  readonly limit: string;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('notices')
    .description(
      say(io, '告知台账：list 列出，retry 重发', 'the delivery ledger: list it, or retry a notice'),
    )
    .argument('<list|retry>', say(io, '做什么', 'what to do'))
    .argument('[id...]', say(io, '要重发的通知编号', 'ids of the notices to send again'))
    .addOption(districtOption(io))
    .option(
      '--state <state>',
      say(io, `状态：${NOTICE_STATES.join('、')}`, `state: ${NOTICE_STATES.join(', ')}`),
    )
    .option('--target <code>', say(io, '诉求号、单位或岗位代码', 'number, or code of a unit or post'))
    .option('--case <id>', say(io, '案件编号', 'id of a case'))
    .option('--limit <n>', say(io, '最多几条', 'how many at most'), '50')
    .action((what: string, ids: readonly string[], options: Options) =>
      noticesCommand(io, what, ids, options),
    );
  common(command, io, [
    'gezhi notices list --state failed',
    'gezhi notices list --case 01890a5d-ac96-774b-bcce-b302099a8057 --json',
    'gezhi notices retry 42.hotline.promised.k3Jd8sQ2xYab',
  ]);
}

async function noticesCommand(io: Io, what: string, ids: readonly string[], options: Options): Promise<void> {
  if (what !== 'list' && what !== 'retry')
    throw usage(`"${what}" is neither list nor retry.`, 'gezhi notices list');
  if (what === 'retry' && ids.length === 0)
    throw usage('Name the notices to send again.', 'gezhi notices list --state failed');
  const filter = filterOf(options);
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const { pool } = town.db;
    if (what === 'list')
      return print(io, options, await listNotices(pool, town.district, filter, limitOf(options)));
    const results: { id: string; again: boolean }[] = [];
    for (const id of ids) results.push({ id, again: await retryNotice(pool, town.district, id, io.now()) });
    if (options.json) io.out(JSON.stringify({ notices: results }));
    else for (const result of results) io.out(sayRetry(io, result));
    if (results.some(({ again }) => !again)) io.end(3);
  });
}

function sayRetry(io: Io, { id, again }: { readonly id: string; readonly again: boolean }): string {
  if (again) return say(io, `${id}：已排入重发`, `${id}: will be sent again`);
  return say(io, `${id}：没有这条通知，或无须重发`, `${id}: there is none, or nothing to send again`);
}

function filterOf({ state, target, case: caseId }: Options): NoticeFilter {
  const known = NOTICE_STATES.find((name) => name === state);
  if (state !== undefined && !known)
    throw usage(`There is no state "${state}".`, `States are ${NOTICE_STATES.join(', ')}.`);
  if (caseId !== undefined && !isCaseId(caseId))
    throw usage(`"${caseId}" is no id of a case.`, 'It has 36 characters.');
  return {
    ...(known ? { state: known } : {}),
    ...(target ? { target } : {}),
    ...(caseId === undefined ? {} : { caseId }),
  };
}

function limitOf({ limit }: Options): number {
  if (/^[1-9]\d{0,4}$/.test(limit)) return Number(limit);
  throw usage(`"${limit}" is no number of notices.`, 'Write 1 to 99999.');
}

function print(io: Io, { json }: Options, rows: readonly NoticeRow[]): void {
  if (json) {
    io.out(JSON.stringify({ notices: rows.map(plain) }));
    return;
  }
  if (rows.length === 0) {
    io.out(say(io, '没有符合条件的通知', 'No notice matches'));
    return;
  }
  const heads = say(io, '编号 时间 对象 方式 状态 已试', 'id made whom way state tried').split(' ');
  const columns = heads.map((head) => ({ head }));
  const cells = rows.map((row) => [
    row.id,
    isoInstant(row.madeAt),
    `${row.target} ${row.targetCode}`,
    row.ways[row.way] ?? '',
    row.reason === null ? row.state : `${row.state} (${row.reason})`,
    String(row.attempts),
  ]);
  for (const line of table(columns, cells)) io.out(line);
}

function plain(row: NoticeRow): object {
  const { sentAt, madeAt, nextAt, ...rest } = row;
  return {
    ...rest,
    madeAt: isoInstant(madeAt),
    nextAt: isoInstant(nextAt),
    sentAt: sentAt === null ? null : isoInstant(sentAt),
  };
}
