import { comparePowers, type ListOfPack, type SightChange, sightChange } from '@gezhi/town';
import type { Command } from 'commander';
import { listIn, sayChanges } from '../compare-lists.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';
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
    .option(
      '--cases',
      say(
        io,
        '再按本地在办案件算：哪类岗位会多看到、少看到多少件',
        'count the open cases of the town too: which kinds of posts would see more or fewer',
      ),
    )
    .action(async (verb: string, before: string, after: string, options: Options) => {
      if (verb !== 'diff')
        throw usage(`"powers ${verb}" is no command.`, 'Write: gezhi powers diff OLD NEW.');
      const list = listIn(folderOf(after));
      const changes = comparePowers(listIn(folderOf(before)), list);
      const sight = options.cases ? await countSight(io, options, before, list) : undefined;
      if (changes.length > 0 || (sight?.length ?? 0) > 0) io.end(3);
      if (options.json) io.out(JSON.stringify(sight ? { changes, sight } : changes));
      else for (const line of sayChanges(io.lang, changes)) io.out(line);
      if (sight && !options.json) for (const line of saySight(io, sight)) io.out(line);
    });
  common(command, io, [
    'gezhi powers diff hotline ./my-hotline',
    'gezhi powers diff hotline ./my-hotline --cases --data /srv/gezhi',
    'gezhi powers diff ./old ./new --json',
  ]);
}

type Options = CommonOptions & { readonly cases?: boolean };

/** The scene is the one that runs under the old one's name; the new list may lie anywhere. */
async function countSight(
  io: Io,
  options: Options,
  before: string,
  { powers }: ListOfPack,
): Promise<readonly SightChange[]> {
  const { scene } = listIn(folderOf(before));
  return await withInstallation(io, options, 'data', async ({ towns }) => {
    const changes: SightChange[] = [];
    for (const town of towns.values()) changes.push(...(await sightChange(town, { scene, powers })));
    return changes;
  });
}

function saySight(io: Io, sight: readonly SightChange[]): readonly string[] {
  if (sight.length === 0) {
    return [say(io, '在办案件：各岗位看到的不变', 'open cases: every post sees what it saw')];
  }
  return sight.map(({ postKind, unitKind, unitLevel, posts, changed, gains, loses }) =>
    say(
      io,
      `${postKind}（${unitKind}，${unitLevel}）：${posts} 个岗位中 ${changed} 个有变，单个岗位最多多看 ${gains} 件、少看 ${loses} 件`,
      `${postKind} (${unitKind}, ${unitLevel}): ${changed} of ${posts} posts change; one post at most gains ${gains} cases and loses ${loses}`,
    ),
  );
}
