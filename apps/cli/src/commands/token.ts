import { Fault } from '@gezhi/basis';
import { tokenOf } from '@gezhi/server';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly person?: string; readonly district?: string };

export function register(program: Command, io: Io): void {
  const command = program
    .command('token')
    .description(say(io, '签发某岗位的令牌', 'make the bearer token of a post'))
    .argument('<post>', say(io, '岗位代码', 'code of the post'))
    .option('--person <number>', say(io, '在岗人员的工号', 'staff number of the person on it'))
    .option(
      '--district <code>',
      say(io, '哪个区（几个区都有该岗位时）', 'which district, where several have the post'),
    )
    .action((post: string, options: Options) => tokenCommand(io, post, options));
  common(command, io, [
    'gezhi token 990000-RX-seat1 --person Q00014',
    'curl -H "Authorization: Bearer $(gezhi token 990000-RX-seat1)" localhost:8080/api/cases',
  ]);
}

async function tokenCommand(io: Io, post: string, { person, district, ...options }: Options): Promise<void> {
  const token = await withInstallation(io, options, 'data', async ({ towns, secret }) => {
    const asked = [...towns.values()].filter((town) => district === undefined || town.district === district);
    const holding = asked.filter((town) => town.posts.has(post));
    if (holding.length === 0)
      throw noSuchPost(
        post,
        asked.flatMap((town) => [...town.posts.keys()]),
      );
    if (holding.length > 1)
      throw usage(
        `The post "${post}" is there in ${holding.map((town) => town.district).join(' and ')}.`,
        'Say which one: --district CODE.',
      );
    return tokenOf(secret, person === undefined ? { post } : { post, person }, holding[0]!.district);
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
