import { bringIn, carrySpool, prepareOutside } from '@gezhi/workers';
import { type Command, InvalidArgumentError } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, withExamples } from '../options.ts';
import { whole } from '../print/numbers.ts';
import { keysOf, registerAside } from '../spool-aside.ts';
import { withInstallation } from '../with-installation.ts';

type Prepare = CommonOptions & { readonly numbers: number };

export function register(program: Command, io: Io): void {
  const spool = program
    .command('spool')
    .description(
      say(
        io,
        '公网上的服务收到的诉求，由人带进内网；以及没有收进的诉求',
        'what a service on the public network took in, carried to the house; and what was not taken in',
      ),
    );
  const prepare = spool
    .command('prepare')
    .description(
      say(
        io,
        '在内网：为公网上的服务备好编号、查询码和封存用的公钥',
        'inside: numbers with their codes, and the key to seal by, for a service outside',
      ),
    )
    .argument('<dir>', say(io, '放到哪个目录', 'folder to put them into'))
    .option('--numbers <n>', say(io, '备多少个编号', 'how many numbers'), countOf, 20_000)
    .action((dir: string, options: Prepare) => prepareCommand(io, dir, options));
  common(prepare, io, ['gezhi spool prepare /media/stick/spool --numbers 5000']);
  const carry = spool
    .command('carry')
    .description(
      say(
        io,
        '在公网一侧：复制已收到的（服务可照常运行）',
        'outside: copy what was taken; the service may run',
      ),
    )
    .argument('<from>', say(io, '公网服务的 spool 目录', 'folder spool of the service outside'))
    .argument('<to>', say(io, '复制到哪个目录', 'folder to copy to'))
    .action((from: string, to: string, options: CommonOptions) => carryCommand(io, { from, to }, options));
  common(carry, io, ['gezhi spool carry /srv/outside/spool /media/stick/taken'], false);
  const bring = spool
    .command('import')
    .description(
      say(io, '在内网：收进带来的诉求；重复收也无妨', 'inside: take in what was carried; twice does no harm'),
    )
    .argument('<dir>', say(io, '带来的目录', 'folder that was carried'))
    .action((dir: string, options: CommonOptions) => importCommand(io, dir, options));
  common(bring, io, ['gezhi spool import /media/stick/taken --data /srv/gezhi']);
  registerAside(spool, io);
  withExamples(spool, io, [
    'gezhi spool prepare /media/stick/spool',
    'gezhi spool carry /srv/outside/spool /media/stick/taken',
    'gezhi spool import /media/stick/taken --json',
    'gezhi spool aside',
    'gezhi spool retake all',
  ]);
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= 1_000_000) return count;
  throw new InvalidArgumentError('1 … 1000000');
}

async function prepareCommand(io: Io, dir: string, options: Prepare): Promise<void> {
  const keysDir = keysOf(io, options);
  const numbers = await withInstallation(io, options, 'data', (installation) =>
    prepareOutside(installation, dir, { keysDir, count: options.numbers }),
  );
  if (options.json) io.out(JSON.stringify({ numbers }));
  else
    io.out(
      say(
        io,
        `${dir} 中备好了 ${whole(numbers)} 个编号。复制为公网服务数据目录中的 spool，再以 gezhi serve --only portal --outside 启动。`,
        `${whole(numbers)} numbers lie in ${dir}. Copy it to spool in the data folder outside, and start gezhi serve --only portal --outside there.`,
      ),
    );
}

async function carryCommand(
  io: Io,
  { from, to }: { readonly from: string; readonly to: string },
  options: CommonOptions,
): Promise<void> {
  const segments = await carrySpool(from, to);
  if (options.json) io.out(JSON.stringify({ segments }));
  else io.out(say(io, `复制了 ${segments} 段。`, `${segments} segments were copied.`));
}

async function importCommand(io: Io, dir: string, options: CommonOptions): Promise<void> {
  const keysDir = keysOf(io, options);
  const { taken, known, notTaken, torn } = await withInstallation(io, options, 'data', (installation) =>
    bringIn(installation, dir, { keysDir, now: io.now }),
  );
  if (notTaken > 0) io.end(3);
  if (options.json) io.out(JSON.stringify({ taken, known, notTaken, torn }));
  else
    io.out(
      say(
        io,
        `收进 ${whole(taken)} 件，已有 ${whole(known)} 件，未收 ${whole(notTaken)} 件。`,
        `${whole(taken)} came in, ${whole(known)} were there already, ${whole(notTaken)} were not taken.`,
      ),
    );
  if (notTaken > 0)
    io.err(
      say(io, `未收的及其原因：gezhi spool aside ${dir}。`, `Which, and why: gezhi spool aside ${dir}.`),
    );
}
