import { KEY_DAYS, listServices, makeService, type NewKey, revokeService, rotateKey } from '@gezhi/accounts';
import { Fault, isoInstant, isRefusal, type Refusal } from '@gezhi/basis';
import { SERVICE_ROUTES, scopeProblems } from '@gezhi/server';
import type { Town } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, withExamples } from '../options.ts';
import { usage } from '../say-error.ts';
import { wholeDays } from '../whole-days.ts';
import { withGate } from '../with-gate.ts';

type Options = CommonOptions & { readonly district?: string; readonly days?: string };
type NewOptions = Options & {
  readonly post: string;
  readonly routes: string;
  readonly powers?: string;
  readonly kinds?: string;
  readonly places?: string;
};

export function register(program: Command, io: Io): void {
  const group = program
    .command('key')
    .description(
      say(io, '其他系统和外单位的密钥：新建、列出、更换、停用', 'keys of other systems and units outside'),
    );
  const at = (command: Command): Command =>
    command.option('--district <code>', say(io, '哪个区', 'which district, where there are several'));
  const days = (command: Command): Command =>
    command.option(
      '--days <n>',
      say(io, `多少天有效（默认 ${KEY_DAYS}）`, `for how many days (default: ${KEY_DAYS})`),
    );
  const made = days(at(group.command('new')))
    .description(say(io, '新建服务账号和它的第一个密钥', 'make a service account and its first key'))
    .argument('<name>', say(io, '名称，如 water-works', 'its name, such as water-works'))
    .requiredOption('--post <code>', say(io, '以哪个岗位行事', 'the post that it acts as'))
    .requiredOption(
      '--routes <names>',
      say(io, '可用的接口，逗号分隔', 'the routes it may call, with commas'),
    )
    .option(
      '--powers <names>',
      say(io, '可用的权力（如 handle,note）', 'the powers it may use (handle,note)'),
    )
    .option(
      '--kinds <codes>',
      say(io, '仅这些类别（以点结尾含下级）', 'only these kinds; one that ends in a dot is all below it'),
    )
    .option('--places <codes>', say(io, '仅这些地点及其内', 'only these places, with all within them'))
    .action((name: string, options: NewOptions) => newKey(io, name, options));
  common(made, io, [
    'gezhi key new water-works --post 990000-SW-desk1 --routes listCases,getCase,sendCommand --powers handle,note --kinds water. --days 180',
  ]);
  const listed = at(group.command('list'))
    .description(say(io, '列出服务账号和密钥', 'list service accounts and their keys'))
    .action((options: Options) => listKeys(io, options));
  common(listed, io, ['gezhi key list', 'gezhi key list --json']);
  const rotated = days(at(group.command('rotate')))
    .description(say(io, '再发一个密钥；两个同时有效', 'make another key; two hold at once'))
    .argument('<name>', say(io, '服务账号', 'the service account'))
    .action((name: string, options: Options) => rotate(io, name, options));
  common(rotated, io, ['gezhi key rotate water-works --days 90']);
  const revoked = at(group.command('revoke'))
    .description(say(io, '停用服务账号，或它的一个密钥', 'close a service account, or one of its keys'))
    .argument('<name>', say(io, '服务账号', 'the service account'))
    .option('--key <id>', say(io, '仅此密钥', 'this key only'))
    .action((name: string, options: Options & { readonly key?: string }) => revoke(io, name, options));
  withExamples(group, io, ['gezhi key list --json', 'gezhi key rotate water-works']);
  common(revoked, io, ['gezhi key revoke water-works', 'gezhi key revoke water-works --key 0a1b2c3d4e5f']);
}

async function newKey(io: Io, name: string, options: NewOptions): Promise<void> {
  const scope = {
    routes: listOf(options.routes),
    powers: listOf(options.powers),
    kinds: listOf(options.kinds),
    places: listOf(options.places),
  };
  const problems = scopeProblems(scope);
  if (problems.length > 0) throw usage(problems.join('\n'), `Routes: ${SERVICE_ROUTES.join(', ')}.`);
  const made = await withGate(io, options, async ({ gate, town }) => {
    mustBeThere(town, options.post, scope.powers);
    const { district } = town;
    return await makeService(gate, { district, name, post: options.post, ...scope }, daysOf(options));
  });
  tellKey(io, options, name, made);
}

/** A post or power that nobody knows is a misspelt one. */
function mustBeThere(town: Town, post: string, powers: readonly string[]): void {
  if (!town.posts.has(post)) throw new Fault('no-such-post', `There is no post "${post}".`);
  const known = new Set(
    [...town.packs.values()].flatMap(({ process }) =>
      Object.values(process.actions).map(({ power }) => power),
    ),
  );
  const unknown = powers.filter((power) => !known.has(power));
  if (unknown.length > 0)
    throw usage(
      `No scene has the power ${unknown.join(', ')}.`,
      `There are: ${[...known].sort().join(', ')}.`,
    );
}

async function rotate(io: Io, name: string, options: Options): Promise<void> {
  const made = await withGate(io, options, ({ gate, town }) =>
    rotateKey(gate, town.district, name, daysOf(options)),
  );
  tellKey(io, options, name, made);
}

function tellKey(io: Io, options: Options, name: string, made: NewKey | Refusal): void {
  if (isRefusal(made)) throw usage(made.because, 'See gezhi key list.');
  const expiresAt = isoInstant(made.expiresAt);
  if (options.json) {
    io.out(JSON.stringify({ name, ...made, expiresAt }));
    return;
  }
  io.err(
    say(
      io,
      `${name} 的密钥 ${made.id}，至 ${expiresAt}。只显示这一次：`,
      `Key ${made.id} of ${name}, until ${expiresAt}. It is shown here only:`,
    ),
  );
  io.out(made.key);
}

async function listKeys(io: Io, options: Options): Promise<void> {
  const found = await withGate(io, options, ({ gate, town }) => listServices(gate, town.district));
  if (options.json) return io.out(JSON.stringify(found));
  if (found.length === 0) return io.out(say(io, '还没有服务账号。', 'There is no service account yet.'));
  for (const { service, keys } of found) {
    const { name, post, routes, powers, kinds, places, revokedAt } = service;
    const ended = revokedAt === undefined ? '' : say(io, '（已停用）', ' (closed)');
    const only = [...kinds, ...places].join(',');
    io.out(`${name}${ended} → ${post}: ${routes.join(',')} [${powers.join(',')}] ${only}`.trimEnd());
    for (const key of keys) {
      const state =
        key.revokedAt === undefined ? `→ ${isoInstant(key.expiresAt)}` : say(io, '已停用', 'revoked');
      const used = key.usedDay
        ? say(io, `最近使用 ${key.usedDay}`, `last used ${key.usedDay}`)
        : say(io, '未用过', 'never used');
      io.out(`  ${key.id} ${state} · ${used}`);
    }
  }
}

async function revoke(io: Io, name: string, options: Options & { readonly key?: string }): Promise<void> {
  const refused = await withGate(io, options, ({ gate, town }) =>
    revokeService(gate, town.district, name, options.key),
  );
  if (isRefusal(refused)) throw usage(refused.because, 'See gezhi key list.');
  if (options.json) return io.out(JSON.stringify({ name, revoked: true }));
  io.out(say(io, `${name}：已停用。`, `${name}: revoked.`));
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function daysOf({ days }: Options): number {
  return days === undefined ? KEY_DAYS : wholeDays(days);
}
