import { isoInstant } from '@gezhi/basis';
import { applyRetention, erasesFrom, type Retained, retentionPlan, townOf } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly district?: string; readonly dryRun?: boolean };

export function register(program: Command, io: Io): void {
  const command = program
    .command('retention')
    .description(
      say(
        io,
        '删除期满的联系方式、原话和照片（服务也会自动做）',
        'erase contacts, words and photos whose term has run (the service does it too)',
      ),
    )
    .addOption(districtOption(io))
    .option('--dry-run', say(io, '只列出，不删除', 'only list them, erase nothing'))
    .action((options: Options) => retentionCommand(io, options));
  common(command, io, ['gezhi retention --dry-run', 'gezhi retention --district 990000 --json']);
}

async function retentionCommand(io: Io, options: Options): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const now = io.now();
    if (!options.dryRun) {
      const erased = await applyRetention(town, now);
      io.out(
        options.json
          ? JSON.stringify({ erased })
          : say(io, `已删除 ${erased} 项期满的信息。`, `Erased ${erased} items whose term had run.`),
      );
      return;
    }
    const due = await Array.fromAsync(retentionPlan(town, now));
    const from = isoInstant(await erasesFrom(town, now));
    if (options.json) io.out(JSON.stringify({ due: due.map(plain), erasesFrom: from }));
    else for (const line of sayPlan(io, due, from)) io.out(line);
  });
}

function plain({ of, ended, due, ...rest }: Retained): object {
  return { ...of, ...rest, ended: isoInstant(ended), due: isoInstant(due) };
}

function sayPlan(io: Io, due: readonly Retained[], from: string): readonly string[] {
  return [
    ...due.map((one) =>
      say(
        io,
        `${whatOf(io, one)} ${one.kind}：${isoInstant(one.ended).slice(0, 10)} 办结，保存 ${one.months} 个月，${isoInstant(one.due).slice(0, 10)} 期满`,
        `${whatOf(io, one)} ${one.kind}: ended ${isoInstant(one.ended).slice(0, 10)}, kept ${one.months} months, due ${isoInstant(one.due).slice(0, 10)}`,
      ),
    ),
    say(io, `共 ${due.length} 件，尚未删除。`, `${due.length} in all; nothing was erased.`),
    say(
      io,
      `服务自 ${from} 起自动删除（保存期限改动后七日内不自动删除）。`,
      `The service erases by itself from ${from} on (not in the seven days after terms were changed).`,
    ),
  ];
}

function whatOf(io: Io, { of }: Retained): string {
  return 'number' in of
    ? `${of.number} ${say(io, '联系方式', 'contacts')}`
    : `${of.caseId} ${say(io, '原话和照片', 'words and photos')}`;
}
