import { readFile } from 'node:fs/promises';
import { isoInstant, isRefusal } from '@gezhi/basis';
import {
  OPERATOR,
  planRound,
  type Round,
  readRoundPlan,
  roundCsv,
  roundFor,
  roundsFor,
  townOf,
} from '@gezhi/town';
import type { Command } from 'commander';
import { actorOf, type EditionOptions, editionOptions, requireSeat, sayOutcome } from '../edition-options.ts';
import { type Io, say } from '../io.ts';
import { withExamples } from '../options.ts';
import { noPowerHere, usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

/** `gezhi round list|plan|show|export`. */
export function register(program: Command, io: Io): void {
  const round = program
    .command('round')
    .description(say(io, '巡查、排查、集中整治', 'rounds: patrols, screenings, campaigns'));
  withExamples(round, io, [
    'gezhi round list --json',
    'gezhi round plan lamps.yaml --post 990101001-JD-desk1',
  ]);
  const list = round
    .command('list')
    .description(say(io, '列出各次巡查及覆盖', 'list rounds and how far they are'))
    .action((options: EditionOptions) => listCommand(io, options));
  editionOptions(list, io, false, ['gezhi round list']);
  const plan = round
    .command('plan')
    .description(
      say(
        io,
        '按文件安排（地点和设施，不对人）',
        'plan one from a file: to places and assets, never persons',
      ),
    )
    .argument('<file>', say(io, 'YAML 或 JSON 文件', 'a file in YAML or JSON'))
    .action((file: string, options: EditionOptions) => planCommand(io, file, options));
  editionOptions(plan, io, true, ['gezhi round plan lamps.yaml --post 990101001-JD-desk1']);
  const show = round
    .command('show')
    .description(say(io, '一次巡查的覆盖和发现', 'how far a round covers its places, and what was found'))
    .argument('<id>')
    .action((id: string, options: EditionOptions) => showCommand(io, id, options));
  editionOptions(show, io, false, ['gezhi round show lamp-check-05']);
  const table = round
    .command('export')
    .description(say(io, '导出覆盖表（CSV）', 'export what was covered, as CSV'))
    .argument('<id>')
    .action((id: string, options: EditionOptions) => exportCommand(io, id, options));
  editionOptions(table, io, false, ['gezhi round export lamp-check-05 > lamps.csv']);
}

async function listCommand(io: Io, options: EditionOptions): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const rounds = await roundsFor(townOf(installation, options.district), OPERATOR);
    if (isRefusal(rounds)) throw noPowerHere(rounds);
    if (options.json) io.out(JSON.stringify(rounds));
    else
      for (const { id, sort, fromDay, toDay, visited, stops, titleZh, titleEn } of rounds)
        io.out(
          `${id} · ${sort} · ${say(io, titleZh, titleEn)} · ${fromDay} – ${toDay} · ${visited}/${stops}`,
        );
  });
}

async function planCommand(io: Io, file: string, options: EditionOptions): Promise<void> {
  const plan = readRoundPlan(await readFile(file, 'utf8'));
  if (isRefusal(plan)) throw usage(`${file}: ${plan.because}`, 'See docs/rounds.md for what a plan holds.');
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    requireSeat(town, options);
    const done = await planRound(town, plan, actorOf(options), io.now());
    sayOutcome(io, options.json, done, ({ id, fromDay, toDay }) => `${id} · ${fromDay} – ${toDay}`);
  });
}

async function findIn(io: Io, id: string, options: EditionOptions, tell: Tell): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const round = await roundFor(town, id, OPERATOR);
    if (isRefusal(round) && round.code === 'no-such-round')
      throw usage(`There is no round ${id}.`, 'See them all: gezhi round list.');
    if (isRefusal(round)) throw noPowerHere(round);
    tell(round, town);
  });
}

type Tell = (round: Round, town: ReturnType<typeof townOf>) => void;

async function showCommand(io: Io, id: string, options: EditionOptions): Promise<void> {
  await findIn(io, id, options, (round) => {
    if (options.json) {
      io.out(JSON.stringify(round));
      return;
    }
    const { coverage } = round;
    io.out(`${say(io, round.titleZh, round.titleEn)} · ${round.fromDay} – ${round.toDay}`);
    io.out(
      say(
        io,
        `覆盖 ${coverage.visited}/${coverage.stops} 处 · 未发现问题 ${coverage.clear} · 发现 ${coverage.findings}`,
        `covered ${coverage.visited}/${coverage.stops} · nothing found ${coverage.clear} · findings ${coverage.findings}`,
      ),
    );
    for (const { stop, name, visits, lastAt, findings } of round.places)
      io.out(
        `  ${stop} ${name} · ${visits}${lastAt === undefined ? '' : ` · ${isoInstant(lastAt)}`}${findings.map((one) => ` · ${one.item}: ${one.case}`).join('')}`,
      );
  });
}

async function exportCommand(io: Io, id: string, options: EditionOptions): Promise<void> {
  await findIn(io, id, options, (round, town) => {
    io.out(options.json ? JSON.stringify(round) : roundCsv(town, round).trimEnd());
  });
}
