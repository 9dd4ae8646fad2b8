import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@gezhi/basis';
import { readEnvironment, settingsOf } from '@gezhi/service';
import { rekey } from '@gezhi/town';
import { ASIDE, segmentsOf } from '@gezhi/workers';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { whole } from '../print/numbers.ts';
import { progress } from '../progress.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly keepOld?: boolean };

export function register(program: Command, io: Io): void {
  const command = program
    .command('rekey')
    .description(
      say(
        io,
        '更换保险库主密钥，服务可照常运行；中断后再次运行即继续',
        'renew the master key of the vault, while the service works; begun again, it goes on',
      ),
    )
    .option('--keep-old', say(io, '不销毁旧主密钥', 'keep the old master key'))
    .action((options: Options) => rekeyCommand(io, options));
  common(command, io, ['gezhi rekey', 'gezhi rekey --keep-old --json']);
}

async function rekeyCommand(io: Io, options: Options): Promise<void> {
  if (!options.keepOld) await mustWaitForNothing(io, options);
  const bar = progress(io, say(io, '重新封装', 'wrapped anew'));
  let stops = false;
  const stop = (): void => {
    stops = true;
  };
  await withInstallation(io, options, 'data', async (installation) => {
    process.once('SIGINT', stop);
    const done = await rekey([...installation.towns.values()], {
      keepsOld: options.keepOld === true,
      stopping: () => stops,
      batch: (wrapped) => bar.at(wrapped),
    }).finally(() => bar.end());
    const { master, wrapped, dropped } = done;
    if (options.json) io.out(JSON.stringify(done));
    else
      io.out(
        say(
          io,
          `主密钥 ${master}：重新封装 ${whole(wrapped)} 项，销毁旧密钥 ${dropped.length} 个。${dropped.length > 0 ? '此前的备份从此无法读取其中的姓名、电话、原话和照片；请马上另行备份密钥目录。' : ''}`,
          `Master key ${master}: ${whole(wrapped)} wrapped anew, ${dropped.length} old keys destroyed.${dropped.length > 0 ? ' What is sealed in backups from before cannot be read any more; back the folder of keys up now.' : ''}`,
        ),
      );
  });
}

/** What waits in the journal is sealed under the old key and would be lost with it. @throws Fault `journal-waits` */
async function mustWaitForNothing(io: Io, options: Options): Promise<void> {
  const { data } = options;
  const { spoolDir } = settingsOf(readEnvironment(io.env), data === undefined ? {} : { data });
  const aside = join(spoolDir, ASIDE);
  const holds = existsSync(aside) && (await readFile(aside, 'utf8')).includes('"sealed"');
  if ((await segmentsOf(spoolDir)).length === 0 && !holds) return;
  throw new Fault('journal-waits', `${spoolDir} holds reports that are sealed under the key that would go.`, {
    hint: 'Let the service take them in first; take in what stands aside (gezhi spool aside); or keep the old key: --keep-old.',
  });
}
