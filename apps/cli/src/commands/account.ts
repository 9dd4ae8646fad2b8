import {
  type AccountRole,
  ADMIN_ROLES,
  closeAccount,
  findAccount,
  hasAccounts,
  type Link,
  listAccounts,
  makeAccount,
  makeInvite,
  makeSetUpLink,
  takeFactorsAway,
} from '@gezhi/accounts';
import { isoInstant, isRefusal } from '@gezhi/basis';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, withExamples } from '../options.ts';
import { usage } from '../say-error.ts';
import { type AtGate, withGate } from '../with-gate.ts';

type Options = CommonOptions & { readonly district?: string };

/** For whoever runs the machine: the first set-up, and the way back in where the security administrator is locked out. */
export function register(program: Command, io: Io): void {
  const group = program
    .command('account')
    .description(
      say(io, '账号：首次设置、新建、发链接、停用', 'accounts: first set-up, new ones, links, closing'),
    );
  const at = (command: Command): Command =>
    command.option('--district <code>', say(io, '哪个区', 'which district, where there are several'));
  const person = say(io, '工号', 'staff number');
  const set = at(group.command('setup'))
    .description(say(io, '首次设置的一次性链接', 'the link, good once, to the first set-up'))
    .action((options: Options) => setup(io, options));
  common(set, io, ['gezhi account setup']);
  const made = at(group.command('new'))
    .description(say(io, '新建账号，给出设置密码的链接', 'make an account, and the link to its password'))
    .argument('<number>', person)
    .option('--role <role>', say(io, '身份（默认 staff）', 'staff (default), or an administrator'), 'staff')
    .action((name: string, options: Options & { readonly role: string }) => newAccount(io, name, options));
  common(made, io, ['gezhi account new 10001', 'gezhi account new 90002 --role securityAdmin']);
  const linked = at(group.command('link'))
    .description(say(io, '重设密码的链接', 'a new link to the password of an account'))
    .argument('<number>', person)
    .option('--reset-factor', say(io, '同时清除第二步验证', 'take the second step away too'))
    .action((name: string, options: Options & { readonly resetFactor?: boolean }) => link(io, name, options));
  common(linked, io, ['gezhi account link 90002 --reset-factor']);
  const closed = at(group.command('close'))
    .description(say(io, '停用账号', 'close an account'))
    .argument('<number>', person)
    .action((name: string, options: Options) => close(io, name, options));
  common(closed, io, ['gezhi account close 10001']);
  const listed = at(group.command('list'))
    .description(say(io, '列出账号', 'list the accounts'))
    .action((options: Options) => list(io, options));
  common(listed, io, ['gezhi account list --json']);
  withExamples(group, io, ['gezhi account setup', 'gezhi account new 10001', 'gezhi account list --json']);
}

async function setup(io: Io, options: Options): Promise<void> {
  await withGate(io, options, async ({ gate, town, baseUrl }) => {
    if (await hasAccounts(gate, town.district))
      throw usage(
        'This district has accounts already.',
        'Make one: gezhi account new NUMBER --role securityAdmin.',
      );
    const made = await makeSetUpLink(gate, town.district);
    tell(io, options, made, `${baseUrl}/setup?district=${encodeURIComponent(town.district)}&key=${made.key}`);
  });
}

async function newAccount(io: Io, name: string, options: Options & { readonly role: string }): Promise<void> {
  const roles: readonly AccountRole[] = ['staff', ...ADMIN_ROLES];
  const role = roles.find((one) => one === options.role);
  if (!role) throw usage(`There is no role "${options.role}".`, `Roles: ${roles.join(', ')}.`);
  await withGate(io, options, async (at) => {
    const account = await makeAccount(at.gate, { district: at.town.district, name, role });
    if (isRefusal(account)) throw usage(account.because, 'See gezhi account list.');
    tellInvite(io, options, at, await makeInvite(at.gate, account));
  });
}

async function link(
  io: Io,
  name: string,
  options: Options & { readonly resetFactor?: boolean },
): Promise<void> {
  await withGate(io, options, async (at) => {
    const account = await accountAt(at, name);
    if (options.resetFactor) await takeFactorsAway(at.gate, account, undefined);
    tellInvite(io, options, at, await makeInvite(at.gate, account));
  });
}

async function close(io: Io, name: string, options: Options): Promise<void> {
  await withGate(
    io,
    options,
    async (at) => await closeAccount(at.gate, await accountAt(at, name), undefined),
  );
  if (options.json) return io.out(JSON.stringify({ name, closed: true }));
  io.out(say(io, `${name}：已停用。`, `${name}: closed.`));
}

async function list(io: Io, options: Options): Promise<void> {
  const accounts = await withGate(io, options, ({ gate, town }) => listAccounts(gate, town.district));
  if (options.json) return io.out(JSON.stringify(accounts.map(({ id: _id, ...account }) => account)));
  for (const { name, role, hasSecondFactor, closedAt } of accounts) {
    const state = closedAt === undefined ? '' : say(io, ' 已停用', ' closed');
    const factor = hasSecondFactor ? '' : say(io, ' 未设第二步', ' no second step yet');
    io.out(`${name} ${role}${factor}${state}`);
  }
}

async function accountAt({ gate, town }: AtGate, name: string) {
  const account = await findAccount(gate, town.district, name);
  if (account) return account;
  throw usage(`"${name}" has no account in ${town.district}.`, 'See gezhi account list.');
}

function tellInvite(io: Io, options: Options, { town, baseUrl }: AtGate, made: Link): void {
  tell(
    io,
    options,
    made,
    `${baseUrl}/staff/link?district=${encodeURIComponent(town.district)}&key=${made.key}`,
  );
}

function tell(io: Io, options: Options, { expiresAt }: Link, url: string): void {
  const until = isoInstant(expiresAt);
  if (options.json) {
    io.out(JSON.stringify({ url, until }));
    return;
  }
  io.err(say(io, `一次有效，至 ${until}：`, `Good once, until ${until}:`));
  io.out(url);
}
