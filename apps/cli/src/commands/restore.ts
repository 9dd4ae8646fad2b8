import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { restore } from '@gezhi/storage';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { whole } from '../print/numbers.ts';
import { progress } from '../progress.ts';
import { ledgersIn, putLedgerBack } from '../put-ledger-back.ts';
import { usage } from '../say-error.ts';

export function register(program: Command, io: Io): void {
  const command = program
    .command('restore')
    .description(say(io, '把备份恢复到一个空的数据目录', 'bring a backup back into an empty data folder'))
    .argument('<dir>', say(io, '备份所在的文件夹', 'the folder of the backup'))
    .option(
      '--ledger <dir>',
      say(
        io,
        '现在的账本目录：备份之后删除过的，恢复后再次删除',
        'the ledgers as they are now: what was erased since the backup is erased again',
      ),
    )
    .action((dir: string, options: Options) => restoreCommand(io, dir, options));
  common(command, io, [
    'gezhi restore /backups/2026-05-01 --data /srv/gezhi-restored --ledger /srv/gezhi/ledger',
  ]);
}

type Options = CommonOptions & { readonly ledger?: string };

async function restoreCommand(io: Io, dir: string, options: Options): Promise<void> {
  if (options.data === undefined) {
    throw usage('Where to is not said.', 'Name an empty data folder with --data.');
  }
  const { ledger } = options;
  const districts = ledger === undefined ? [] : await ledgersIn(ledger);
  const bar = progress(io, say(io, '文件', 'files'));
  const manifest = await restore(dir, options.data, {
    progress: ({ files, filesTotal }) => bar.at(files, filesTotal),
  }).finally(() => bar.end());
  if (ledger !== undefined) await putLedgerBack(ledger, districts, options.data);
  const { takenAt, files } = manifest;
  sayErasures(io, options, districts);
  if (options.json) io.out(JSON.stringify({ data: options.data, takenAt, files: files.length, districts }));
  else {
    io.out(
      say(
        io,
        `${options.data}：已恢复 ${takenAt} 的备份，${whole(files.length)} 个文件逐一核对无误。\n打开：${open(options)}`,
        `${options.data}: the backup of ${takenAt} is back, each of ${whole(files.length)} files checked.\nOpen it: ${open(options)}`,
      ),
    );
  }
}

/** The master keys lie elsewhere where the backup held none. */
function open({ data = '', keys }: Options): string {
  const named = keys ?? (existsSync(join(data, 'keys')) ? undefined : 'KEYS');
  return `gezhi serve --data ${data}${named === undefined ? '' : ` --keys ${named}`}`;
}

/** What was erased after the backup must not come back with it. */
function sayErasures(io: Io, { ledger }: Options, districts: readonly string[]): void {
  io.err(
    ledger === undefined
      ? say(
          io,
          '注意：备份之后删除的个人信息会随备份回来。请用 --ledger 指明现在的账本目录，首次打开时会再次删除。',
          'Mind: what was erased after the backup comes back with it. Name the ledgers as they are now with --ledger, and the first start erases it again.',
        )
      : say(
          io,
          `账本已放回（${districts.join('、')}）：首次打开时先再次删除其后删除过的信息。账本会说数据库旧了：gezhi verify --accept-loss。`,
          `The ledgers are back (${districts.join(', ')}): the first start erases again what was erased since. They will say that the database is behind: gezhi verify --accept-loss.`,
        ),
  );
}
