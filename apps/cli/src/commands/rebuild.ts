import { rebuild } from '@gezhi/workers';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { withInstallation } from '../with-installation.ts';

export function register(program: Command, io: Io): void {
  const command = program
    .command('rebuild')
    .description(
      say(
        io,
        '由事实重新计算现状、统计与检索，比较后替换',
        'compute state, roll-ups and search again from the facts; compare and swap',
      ),
    )
    .action((options: CommonOptions) => rebuildCommand(io, options));
  common(command, io, ['gezhi rebuild', 'gezhi rebuild --only rollup --json']);
}

async function rebuildCommand(io: Io, options: CommonOptions): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    io.out(JSON.stringify(await rebuild(installation)));
  });
}
