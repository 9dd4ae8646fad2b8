import { backup } from '@gezhi/storage';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { whole } from '../print/numbers.ts';
import { progress } from '../progress.ts';
import { whereOf, withInstallation } from '../with-installation.ts';

export function register(program: Command, io: Io): void {
  const command = program
    .command('backup')
    .description(say(io, '备份整个安装，服务可照常运行', 'copy the whole installation, while it works'))
    .argument('<dir>', say(io, '空的或不存在的文件夹', 'a folder that is empty or absent'))
    .option(
      '--with-keys',
      say(
        io,
        '连同主密钥一起备份（得到备份的人即可读取其中一切）',
        'with the master keys: whoever has the backup then reads everything in it',
      ),
    )
    .action((dir: string, options: Options) => backupCommand(io, dir, options));
  common(command, io, [
    'gezhi backup /backups/2026-05-01',
    'gezhi backup /backups/today --data /srv/gezhi --json',
  ]);
}

type Options = CommonOptions & { readonly withKeys?: boolean };

async function backupCommand(io: Io, dir: string, options: Options): Promise<void> {
  const where = whereOf(io, options);
  const bar = progress(io, say(io, '文件', 'files'));
  const manifest = await withInstallation(io, options, 'data', async ({ db }) => {
    try {
      const dataDir = 'dataDir' in where ? where.dataDir : '';
      return await backup(db, dataDir, dir, {
        withKeys: options.withKeys === true,
        progress: ({ files, filesTotal }) => bar.at(files, filesTotal),
      });
    } finally {
      bar.end();
    }
  });
  if (!options.withKeys) {
    io.err(
      say(
        io,
        '备份不含主密钥：没有它们，姓名、电话、原话和照片无法读取。请把密钥目录另行备份到别处（或用 --with-keys）。',
        'The backup has no master keys: without them names, telephone numbers, words and photos in it cannot be read. Back their folder up elsewhere (or use --with-keys).',
      ),
    );
  }
  const { takenAt, postgres, migration, stopLsn, files } = manifest;
  if (options.json)
    io.out(JSON.stringify({ dir, takenAt, postgres, migration, stopLsn, files: files.length }));
  else {
    io.out(
      say(
        io,
        `已备份到 ${dir}：${whole(files.length)} 个文件，${takenAt}。\n恢复：gezhi restore ${dir} --data 新目录`,
        `Backed up to ${dir}: ${whole(files.length)} files, ${takenAt}.\nTo bring it back: gezhi restore ${dir} --data NEW`,
      ),
    );
  }
}
