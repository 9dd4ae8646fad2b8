import { restore } from '@gezhi/storage';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { whole } from '../print/numbers.ts';
import { progress } from '../progress.ts';
import { usage } from '../say-error.ts';

export function register(program: Command, io: Io): void {
  const command = program
    .command('restore')
    .description(say(io, '把备份恢复到一个空的数据目录', 'bring a backup back into an empty data folder'))
    .argument('<dir>', say(io, '备份所在的文件夹', 'the folder of the backup'))
    .action((dir: string, options: CommonOptions) => restoreCommand(io, dir, options));
  common(command, io, ['gezhi restore /backups/2026-05-01 --data /srv/gezhi-restored']);
}

async function restoreCommand(io: Io, dir: string, options: CommonOptions): Promise<void> {
  if (options.data === undefined) {
    throw usage('Where to is not said.', 'Name an empty data folder with --data.');
  }
  const bar = progress(io, say(io, '文件', 'files'));
  const manifest = await restore(dir, options.data, {
    progress: ({ files, filesTotal }) => bar.at(files, filesTotal),
  }).finally(() => bar.end());
  const { takenAt, files } = manifest;
  if (options.json) io.out(JSON.stringify({ data: options.data, takenAt, files: files.length }));
  else {
    io.out(
      say(
        io,
        `${options.data}：已恢复 ${takenAt} 的备份，${whole(files.length)} 个文件逐一核对无误。\n打开：gezhi serve --data ${options.data}`,
        `${options.data}: the backup of ${takenAt} is back, each of ${whole(files.length)} files checked.\nOpen it: gezhi serve --data ${options.data}`,
      ),
    );
  }
}
