import { comparePowers } from '@gezhi/town';
import type { Command } from 'commander';
import { listIn, sayChanges } from '../compare-lists.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { usage } from '../say-error.ts';
import { folderOf } from './check.ts';

export function register(program: Command, io: Io): void {
  const command = program
    .command('powers')
    .description(
      say(
        io,
        '比较权力清单的两个版本：谁增加、谁失去什么权力',
        'compare two versions of a power list: who gains and who loses which power',
      ),
    )
    .argument('<diff>', say(io, '“diff”', '"diff"'))
    .argument('<old>', say(io, '旧的场景或其文件夹', 'the old scene, or its folder'))
    .argument('<new>', say(io, '新的场景或其文件夹', 'the new scene, or its folder'))
    .action((verb: string, before: string, after: string, options: CommonOptions) => {
      if (verb !== 'diff')
        throw usage(`"powers ${verb}" is no command.`, 'Write: gezhi powers diff OLD NEW.');
      const changes = comparePowers(listIn(folderOf(before)), listIn(folderOf(after)));
      if (changes.length > 0) io.end(3);
      if (options.json) io.out(JSON.stringify(changes));
      else for (const line of sayChanges(io.lang, changes)) io.out(line);
    });
  common(
    command,
    io,
    ['gezhi powers diff hotline ./my-hotline', 'gezhi powers diff ./old ./new --json'],
    false,
  );
}
