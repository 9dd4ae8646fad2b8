import { join, resolve } from 'node:path';
import { isoInstant, parseRequestNumber } from '@gezhi/basis';
import { readEnvironment, settingsOf } from '@gezhi/service';
import { type Installation, OPERATOR, recordExport } from '@gezhi/town';
import { type Aside, houseSealer, type Mending, readAside, retakeAside } from '@gezhi/workers';
import type { Command } from 'commander';
import { type Io, say } from './io.ts';
import { type CommonOptions, common } from './options.ts';
import { whole } from './print/numbers.ts';
import { usage } from './say-error.ts';
import { whereOf, withInstallation } from './with-installation.ts';

type ListOptions = CommonOptions & { readonly words?: boolean };

type RetakeOptions = CommonOptions & {
  readonly dir?: string;
  readonly district?: string;
  readonly kind?: string;
  readonly follows?: string;
};

/** `gezhi spool aside` and `gezhi spool retake`: what the town did not take in, and taking it in again. */
export function registerAside(spool: Command, io: Io): void {
  const list = spool
    .command('aside')
    .description(
      say(
        io,
        '列出没有收进的诉求：是哪一件、为什么、怎样修正',
        'list what was not taken in: which, why, and how to mend it',
      ),
    )
    .argument(
      '[dir]',
      say(
        io,
        '带来的目录；不写则看本机的 spool',
        'folder that was carried; left out: spool of this data folder',
      ),
    )
    .option(
      '--words',
      say(
        io,
        '显示原话（记入账本；联系方式从不显示）',
        'show what was said (written into the ledger; contacts are never shown)',
      ),
    )
    .action((dir: string | undefined, options: ListOptions) => asideCommand(io, dir, options));
  common(list, io, ['gezhi spool aside', 'gezhi spool aside /media/stick/taken --words']);
  const retake = spool
    .command('retake')
    .description(
      say(
        io,
        '修正后重新收进；收进的从文件中移出，其余留下',
        'take it in again after mending; what goes in leaves the file, the rest stays',
      ),
    )
    .argument('<marks...>', say(io, '记号，见 aside；或 all', 'marks, as aside shows them; or all'))
    .option('--dir <dir>', say(io, '带来的目录', 'folder that was carried'))
    .option('--district <code>', say(io, '改收入这个地区', 'take it into this district'))
    .option('--kind <code>', say(io, '改为这个事项', 'as this kind'))
    .option(
      '--follows <number>',
      say(io, '改为补充这个编号；none：自成一件', 'as a follow-up of this number; none: a report of its own'),
    )
    .action((marks: readonly string[], options: RetakeOptions) => retakeCommand(io, marks, options));
  common(retake, io, ['gezhi spool retake all', 'gezhi spool retake 1a2b3c4d --follows none']);
}

async function asideCommand(io: Io, dir: string | undefined, options: ListOptions): Promise<void> {
  const entries = await withInstallation(io, options, 'data', async (installation) => {
    const { folder, sealer } = await placeOf(io, options, dir, installation);
    const found = await readAside(folder, sealer);
    const town = [...installation.towns.values()][0];
    if (options.words && town && found.length > 0)
      await recordExport(town, { what: 'notTaken', words: true, by: OPERATOR }, io.now());
    return found;
  });
  if (options.json)
    return io.out(JSON.stringify({ aside: entries.map((entry) => told(entry, options.words)) }));
  if (entries.length === 0) return io.out(say(io, '没有。', 'There is nothing.'));
  for (const entry of entries) for (const line of lines(io, entry, options.words)) io.out(line);
}

function told({ mark, district, signal, because }: Aside, words: boolean | undefined): object {
  const { source, id, occurredAt, channel, kind, issued, follows } = signal;
  return {
    mark,
    district,
    source,
    id,
    at: isoInstant(occurredAt),
    channel,
    kind,
    issued,
    follows,
    because,
    ...(words ? { words: signal.words } : {}),
  };
}

function lines(io: Io, { mark, district, signal, because }: Aside, words: boolean | undefined): string[] {
  const { source, id, occurredAt, channel, kind, issued, follows } = signal;
  const about = [
    `${say(io, '地区', 'district')} ${district}`,
    `${source}/${id}`,
    isoInstant(occurredAt),
    channel,
    ...(kind ? [kind] : []),
    ...(issued ? [`${say(io, '编号', 'number')} ${issued}`] : []),
    ...(follows ? [`${say(io, '补充', 'follows')} ${follows}`] : []),
  ];
  return [
    `${mark}  ${about.join(' · ')}`,
    `  ${say(io, '原因', 'why')}: ${because}`,
    `  ${say(io, '修正', 'mend')}: ${remedyOf(io, mark, because)}`,
    ...(words && signal.words ? [`  ${say(io, '原话', 'said')}: ${signal.words}`] : []),
  ];
}

/** How to mend it, by the code that the reason begins with. */
function remedyOf(io: Io, mark: string, because: string): string {
  const again = `gezhi spool retake ${mark}`;
  switch (/^([a-z-]+): /.exec(because)?.[1]) {
    case 'no-such-request':
      return say(
        io,
        `原诉求不在这里：${again} --follows 正确编号，或 --follows none 自成一件。`,
        `the request is not here: ${again} --follows NUMBER, or --follows none for a report of its own.`,
      );
    case 'no-such-district':
      return say(
        io,
        `先导入该地区（gezhi town import），再 ${again}；或 ${again} --district 代码。`,
        `import that district (gezhi town import), then ${again}; or ${again} --district CODE.`,
      );
    case 'nothing-said':
      return say(
        io,
        '补充没有写内容，没有可收的；可请诉求人再说一次。',
        'it says nothing, so there is nothing to take in; ask the requester again.',
      );
    default:
      return say(
        io,
        `按原因修正（数据库、磁盘、名册、事项 --kind），再 ${again}。`,
        `mend what the reason says (database, disk, registry, kind by --kind), then ${again}.`,
      );
  }
}

async function retakeCommand(io: Io, marks: readonly string[], options: RetakeOptions): Promise<void> {
  const mending = mendingOf(options);
  const { taken, left } = await withInstallation(io, options, 'data', async (installation) => {
    const { folder, sealer } = await placeOf(io, options, options.dir, installation);
    return await retakeAside(installation, folder, {
      mending,
      sealer,
      now: io.now,
      marks: marks.includes('all') ? 'all' : marks,
    });
  });
  if (options.json) io.out(JSON.stringify({ taken, left: left.map((entry) => told(entry, false)) }));
  else {
    io.out(
      say(
        io,
        `收进 ${whole(taken)} 件，还剩 ${whole(left.length)} 件。`,
        `${whole(taken)} came in, ${whole(left.length)} are left.`,
      ),
    );
    for (const { mark, because } of left) io.out(`  ${mark}  ${because}`);
  }
  if (left.some(({ mark }) => marks.includes('all') || marks.includes(mark))) io.end(3);
}

function mendingOf({ district, kind, follows }: RetakeOptions): Mending {
  const number = follows === undefined || follows === 'none' ? follows : parseRequestNumber(follows);
  if (follows !== undefined && number === undefined)
    throw usage(`"${follows}" is no request number.`, 'Write its 12 digits, or none.');
  return {
    ...(district === undefined ? {} : { district }),
    ...(kind === undefined ? {} : { kind }),
    ...(number === undefined ? {} : { follows: number }),
  };
}

/** What was carried in is opened by the key of the house for it; our own journal by the vault's. */
async function placeOf(io: Io, options: CommonOptions, dir: string | undefined, { sealer }: Installation) {
  const { data } = options;
  const { spoolDir } = settingsOf(readEnvironment(io.env), data === undefined ? {} : { data });
  if (dir === undefined || resolve(dir) === resolve(spoolDir)) return { folder: spoolDir, sealer };
  return { folder: dir, sealer: await houseSealer(keysOf(io, options)) };
}

/** The keys of this installation: those of the vault lie there too. */
export function keysOf(io: Io, options: CommonOptions): string {
  const where = whereOf(io, options);
  return where.keysDir ?? join('dataDir' in where ? where.dataDir : '.gezhi', 'keys');
}
