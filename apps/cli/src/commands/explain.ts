import type { Command } from 'commander';
import { explainCase } from '../explain-case.ts';
import { findCase } from '../find-case.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { sayCase } from '../print/say-case.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly district?: string };

export function register(program: Command, io: Io): void {
  const command = program
    .command('explain')
    .description(
      say(
        io,
        '说明一件事：为何派到那里、时限如何算出、有何经过',
        'explain a case: why it went there, what made its deadlines, what happened',
      ),
    )
    .argument('<case|number>', say(io, '事项编号或诉求编号', 'id of a case, or number of a request'))
    .option('--district <code>', say(io, '区', 'district'))
    .action((said: string, options: Options) => explainCommand(io, said, options));
  common(command, io, [
    'gezhi explain 120000000014',
    'gezhi explain "1200 0000 0014" --lang zh',
    'gezhi explain 0190f2c4-… --json',
  ]);
}

async function explainCommand(io: Io, said: string, options: Options): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const { town, facts } = await findCase(installation, said, options.district);
    const told = explainCase(town, facts, io.lang);
    if (options.json) io.out(JSON.stringify(told));
    else for (const line of sayCase(io.lang, town.profile.zone, told)) io.out(line);
  });
}
