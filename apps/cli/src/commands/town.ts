import { importTown, readTownFolder, type TownImport } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { sayTownImport } from '../print/say-town.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly dryRun?: boolean };

export function register(program: Command, io: Io): void {
  const town = program
    .command('town')
    .description(say(io, '导入自己的市、区、街道', 'bring your own town in'));
  const command = town
    .command('import')
    .description(
      say(
        io,
        '导入一个市的文件夹（格式见 docs/town-format.md）',
        "import a town's folder (docs/town-format.md): places, units, posts, staff, duties, assets",
      ),
    )
    .argument('<dir>')
    .option(
      '--dry-run',
      say(io, '只说明会有哪些变化、缺什么', 'only tell what would change, and what is missing'),
    )
    .action((dir: string, options: Options) => townImport(io, dir, options));
  common(command, io, ['gezhi town import ./my-town --dry-run', 'gezhi town import ./my-town']);
}

async function townImport(io: Io, dir: string, options: Options): Promise<void> {
  const folder = await readTownFolder(dir);
  const result = await withInstallation(io, options, 'nothing', async (installation) => {
    const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
    const dryRun = options.dryRun === true;
    return await importTown(installation.db, folder, kinds, { now: io.now(), dryRun });
  });
  if (hasErrors(result)) io.end(3);
  if (options.json) io.out(JSON.stringify(result));
  else for (const line of sayTownImport(io.lang, result, options.dryRun === true)) io.out(line);
}

function hasErrors({ problems }: TownImport): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
