import { readFile } from 'node:fs/promises';
import { isoInstant } from '@gezhi/basis';
import { zoneOf } from '@gezhi/clock';
import { HUAIROU, proveSample, type SampleSize } from '@gezhi/measures';
import {
  drawBySeed,
  listSamples,
  promiseSeed,
  SAMPLE_PURPOSES,
  type Sample,
  type SamplePurpose,
  sha256,
  townOf,
} from '@gezhi/town';
import type { Command } from 'commander';
import { actorOf, type EditionOptions, editionOptions, requireSeat, sayOutcome } from '../edition-options.ts';
import { type Io, say } from '../io.ts';
import { common } from '../options.ts';
import { windowOf } from '../period.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = EditionOptions & {
  readonly purpose?: string;
  readonly seed?: string;
  readonly from?: string;
  readonly to?: string;
  readonly size?: string;
};

/** `gezhi edition sample promise|draw|list|prove`. */
export function registerSamples(edition: Command, io: Io): void {
  const sample = edition
    .command('sample')
    .description(say(io, '先公布种子哈希、后抽样', 'samples by a seed whose hash was published before'));
  const promise = sample
    .command('promise')
    .description(say(io, '生成种子，公布其哈希', 'make a seed and publish its hash'))
    .requiredOption('--purpose <callback|check>', say(io, '用途', 'what it is for'))
    .action((options: Options) => promiseCommand(io, options));
  editionOptions(promise, io, true, [
    'gezhi edition sample promise --purpose callback --post 990000-RX-head1',
  ]);
  const draw = sample
    .command('draw')
    .description(say(io, '用已承诺的种子抽样（一次）', 'draw by a promised seed, once'))
    .requiredOption('--seed <id>', say(io, '种子编号', 'id of the seed'))
    .requiredOption('--from <day>', say(io, '自（含）', 'from (included)'))
    .requiredOption('--to <day>', say(io, '至（不含）', 'to (not included)'))
    .requiredOption('--size <n|n%>', say(io, '件数，或占比如 10%', 'how many, or a share as 10%'))
    .action((options: Options) => drawCommand(io, options));
  editionOptions(draw, io, true, [
    'gezhi edition sample draw --seed ID --from 2026-05-01 --to 2026-06-01 --size 10% --post 990000-RX-head1',
  ]);
  const list = sample
    .command('list')
    .description(say(io, '列出种子与抽样结果', 'list seeds and what they drew'))
    .action((options: Options) => listCommand(io, options));
  editionOptions(list, io, false, ['gezhi edition sample list --json > samples.json']);
  const prove = sample
    .command('prove')
    .description(
      say(io, '不用数据库，重新验证 list --json 的文件', 'prove a file of list --json, without a database'),
    )
    .argument('<file>')
    .action((file: string, options: Options) => proveCommand(io, file, options));
  common(prove, io, ['gezhi edition sample prove samples.json'], false);
}

async function promiseCommand(io: Io, options: Options): Promise<void> {
  const purpose = SAMPLE_PURPOSES.find((one) => one === options.purpose);
  if (!purpose)
    throw usage(`--purpose ${options.purpose} is none.`, `Write ${SAMPLE_PURPOSES.join(' or ')}.`);
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    requireSeat(town, options);
    const done = await promiseSeed(town, purpose satisfies SamplePurpose, actorOf(options), io.now());
    sayOutcome<Sample>(io, options.json, done, sampleLine);
  });
}

async function drawCommand(io: Io, options: Options): Promise<void> {
  const size = sizeOf(options.size ?? '');
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    requireSeat(town, options);
    const { from, to, seed = '' } = options;
    const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const window = windowOf(period, HUAIROU, zoneOf(town.profile.zone), io.now());
    const done = await drawBySeed(town, { id: seed, window, size }, actorOf(options), io.now());
    sayOutcome<Sample>(io, options.json, done, (drawn) =>
      [sampleLine(drawn), ...(drawn.drawing?.drawn ?? [])].join('\n'),
    );
  });
}

function sizeOf(text: string): SampleSize {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  if (digits !== undefined) return percent ? { share: Number(digits) / 100 } : { n: Number(digits) };
  throw usage(`--size ${text} is no size.`, 'Write 50, or 10%.');
}

async function listCommand(io: Io, options: Options): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const samples = await listSamples(townOf(installation, options.district));
    if (options.json) io.out(JSON.stringify(samples));
    else for (const sample of samples) io.out(sampleLine(sample));
  });
}

function sampleLine({ id, purpose, hash, committedAt, drawing }: Sample): string {
  const head = `${id} · ${purpose} · ${hash} · ${isoInstant(committedAt)}`;
  if (!drawing) return head;
  const { drawn, population, drawnAt, seed } = drawing;
  return `${head} → ${isoInstant(drawnAt)} · ${drawn.length}/${population.length} · ${seed}`;
}

async function proveCommand(io: Io, file: string, options: Options): Promise<void> {
  const samples = readSamples(await readFile(file, 'utf8'), file);
  const proved = samples.flatMap(({ id, hash, committedAt, drawing }) => {
    if (!drawing) return [];
    const { window, ...told } = drawing;
    const findings = proveSample({ ...told, commit: hash, committedAt, populationFrom: window.from }, sha256);
    return [{ id, drawn: drawing.drawn.length, findings }];
  });
  if (proved.some(({ findings }) => findings.length > 0)) io.end(3);
  if (options.json) io.out(JSON.stringify(proved));
  else {
    const good = say(io, '属实', 'holds');
    for (const { id, drawn, findings } of proved) io.out(`${id} · ${drawn} · ${findings.join(', ') || good}`);
  }
}

function readSamples(text: string, file: string): readonly Sample[] {
  const hint = 'Write it anew: gezhi edition sample list --json > FILE.';
  try {
    const read: unknown = JSON.parse(text);
    if (Array.isArray(read)) return read as Sample[];
  } catch (error) {
    throw usage(`${file} is no JSON: ${(error as Error).message}.`, hint);
  }
  throw usage(`${file} is no list of samples.`, hint);
}
