import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Fault, isRefusal } from '@gezhi/basis';
import { readPowerTable } from '@gezhi/powers';
import type { ListOfPack, PowerChange } from '@gezhi/town';
import { parse } from 'yaml';
import type { Lang } from './io.ts';

/** The power list in a scene's folder. @throws Fault `bad-power-list`, `no-such-scene` */
export function listIn(folder: string): ListOfPack {
  const read = (file: string): string | undefined => {
    const path = join(folder, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  return listOf(folder, folder, read);
}

/** The same as it stood at a commit of the git repository that the folder lies in. */
export function listAt(folder: string, ref: string): ListOfPack {
  return listOf(folder, `${ref} of ${folder}`, (file) => {
    try {
      const shown = ['-C', folder, 'show', `${ref}:./${file}`];
      return execFileSync('git', shown, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      // Git knows no such commit, or the commit no such file; which of both, `listOf` tells by the file that must be there.
      return undefined;
    }
  });
}

function listOf(folder: string, where: string, read: (file: string) => string | undefined): ListOfPack {
  const rows = read('powers.yaml');
  if (rows === undefined) {
    throw new Fault('no-such-scene', `There is no powers.yaml in ${where}.`, {
      hint: 'Name a scene, its folder, or a commit of the repository it lies in.',
    });
  }
  const powers = readPowerTable(parse(rows));
  if (isRefusal(powers)) throw new Fault('bad-power-list', `${where}: ${powers.because}`);
  const cedar = read('powers.cedar');
  return { scene: { id: basename(folder) }, powers: cedar === undefined ? powers : { ...powers, cedar } };
}

const NAMED = 6;

/** What a change gives and takes, for a person: by power, which policies decide, and for which kinds of posts. */
export function sayChanges(lang: Lang, changes: readonly PowerChange[]): readonly string[] {
  const zh = lang === 'zh';
  if (changes.length === 0)
    return [zh ? '权力清单：无人增减权力' : 'power list: nobody gains or loses a power'];
  const groups = Map.groupBy(changes, (c) => `${c.change}\n${c.power}\n${c.before}\n${c.after}`);
  const verbs = zh ? { gains: '增加', loses: '失去' } : { gains: 'gain', loses: 'lose' };
  return [...groups.values()].flatMap((group) => {
    const [{ change, power, before, after }] = group as [PowerChange, ...PowerChange[]];
    const posts = [...new Set(group.map(({ post }) => post))];
    const more =
      posts.length > NAMED ? (zh ? `，共 ${posts.length} 类` : `, ${posts.length} kinds in all`) : '';
    return [
      `${verbs[change]} ${power}: ${before} → ${after}`,
      `  ${posts.slice(0, NAMED).join('; ')}${more}`,
    ];
  });
}
