import { Fault } from '@gezhi/basis';
import { tokenOf } from '@gezhi/server';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly person?: string };

export function register(program: Command, io: Io): void {
  const command = program
    .command('token')
    .description(say(io, '签发某岗位的令牌', 'make the bearer token of a post'))
    .argument('<post>', say(io, '岗位代码', 'code of the post'))
    .option('--person <number>', say(io, '在岗人员的工号', 'staff number of the person on it'))
    .action((post: string, options: Options) => tokenCommand(io, post, options));
  common(command, io, [
    'gezhi token seat-1 --person 10001',
    'curl -H "Authorization: Bearer $(gezhi token seat-1)" localhost:8080/api/cases',
  ]);
}

async function tokenCommand(io: Io, post: string, { person, ...options }: Options): Promise<void> {
  const token = await withInstallation(io, options, 'data', async ({ towns, secret }) => {
    const posts = [...towns.values()].flatMap((town) => [...town.posts.values()]);
    if (!posts.some(({ code }) => code === post))
      throw noSuchPost(
        post,
        posts.map(({ code }) => code),
      );
    return tokenOf(secret, person === undefined ? { post } : { post, person });
  });
  if (options.json) io.out(JSON.stringify({ post, ...(person === undefined ? {} : { person }), token }));
  else io.out(token);
}

const SHOWN = 5;

function noSuchPost(post: string, posts: readonly string[]): Fault {
  const near = posts.filter((code) => code.includes(post));
  const some = (near.length ? near : posts).slice(0, SHOWN);
  const hint = some.length
    ? `There is, for instance: ${some.join(', ')}.`
    : 'Import a town first: gezhi town import DIR.';
  return new Fault('no-such-post', `There is no post "${post}".`, { hint });
}
