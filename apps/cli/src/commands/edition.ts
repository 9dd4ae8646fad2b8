import { writeFile } from 'node:fs/promises';
import { type Instant, parseInstant } from '@gezhi/basis';
import { localDay, sayMoment, zoneOf } from '@gezhi/clock';
import type { EditionBy, EditionState } from '@gezhi/measures';
import {
  EDITION_WORDS,
  type EditionOrder,
  type EditionSummary,
  editionCsv,
  editionFile,
  editionId,
  explainRow,
  findEdition,
  hashFor,
  helpPlanFor,
  listEditions,
  listFor,
  namesIn,
  orderEdition,
  partOf,
  readInput,
  readText,
  sayHelpPlan,
  type Town,
  townOf,
} from '@gezhi/town';
import type { Command } from 'commander';
import { actorOf, type EditionOptions, editionOptions, requireSeat, sayOutcome } from '../edition-options.ts';
import { type Io, say } from '../io.ts';
import { withExamples } from '../options.ts';
import { sayEdition } from '../print/say-edition.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';
import { registerSamples } from './edition-sample.ts';
import { registerThemes } from './edition-theme.ts';

export function register(program: Command, io: Io): void {
  const edition = program
    .command('edition')
    .description(
      say(
        io,
        '考核通报：起草、出示、申诉、裁定、锁定、发布、修订',
        'the published rates of a month, from draft to revision',
      ),
    );
  withExamples(edition, io, [
    'gezhi edition list --json',
    'gezhi edition read 2026-05-street',
    'gezhi edition sample list --json > samples.json',
  ]);
  registerReading(edition, io);
  registerActs(edition, io);
  registerSamples(edition, io);
  registerThemes(edition, io);
}

function registerReading(edition: Command, io: Io): void {
  const list = edition
    .command('list')
    .description(say(io, '列出各期', 'list the editions'))
    .action((options: EditionOptions) => listCommand(io, options));
  editionOptions(list, io, false, ['gezhi edition list']);
  const read = edition
    .command('read')
    .description(say(io, '看一期的数字', 'read the numbers of an edition'))
    .argument('<id>')
    .option('--cases', say(io, '列出每件诉求如何计入', 'list how each request counts'))
    .option(
      '--format <json|csv|file>',
      say(io, '导出为 json、csv，或可重算的 file', 'write json, csv, or a file that can be recomputed'),
    )
    .option('-o, --output <file>', say(io, '写入文件', 'write to a file'))
    .option('--revision <n>', say(io, '第几次修订', 'which revision'))
    .action((id: string, options: ReadOptions) => readCommand(io, id, options));
  editionOptions(read, io, false, [
    'gezhi edition read 2026-05-street',
    'gezhi edition read 2026-05-street --format file -o edition.json',
  ]);
  const explain = edition
    .command('explain')
    .description(
      say(
        io,
        '某一行为何如此；--help-plan 给出帮扶方案草稿',
        'why a row is what it is; --help-plan drafts help for it',
      ),
    )
    .argument('<id>')
    .requiredOption('--subject <code>', say(io, '街道或单位代码', 'code of the street or unit'))
    .option('--help-plan', say(io, '帮扶方案草稿', 'the draft of a help plan'))
    .action((id: string, options: ReadOptions) => explainCommand(io, id, options));
  editionOptions(explain, io, false, ['gezhi edition explain 2026-05-street --subject 990101001000']);
}

type ReadOptions = EditionOptions & {
  readonly cases?: boolean;
  readonly format?: string;
  readonly output?: string;
  readonly revision?: string;
  readonly subject?: string;
  readonly helpPlan?: boolean;
};

function registerActs(edition: Command, io: Io): void {
  const draft = edition
    .command('draft')
    .description(say(io, '起草一个考核月', 'draft an assessment month'))
    .requiredOption('--month <month>', say(io, '考核月，如 2026-05', 'assessment month, as 2026-05'))
    .option('--by <street|unit>', say(io, '按街道或承办单位', 'by street or by unit'), 'street')
    .action((options: EditionOptions & { month: string; by: string }) => {
      const by = subjectOf(options.by);
      return actCommand(io, editionId(options.month, by), { do: 'draft', month: options.month, by }, options);
    });
  editionOptions(draft, io, true, ['gezhi edition draft --month 2026-05 --post 990000-RX-head1']);
  act(
    edition,
    io,
    'show',
    say(io, '连同案件出示给被考核单位', 'show it to those measured, with their cases'),
    [['--until <day>', say(io, '申诉截止（含）', 'last day for appeals')]],
  );
  act(edition, io, 'appeal', say(io, '为本单位的一件诉求申诉', 'appeal about a request of one’s own'), [
    ['--number <number>', say(io, '诉求编号', 'number of the request')],
    ['--reason <code>', say(io, '理由代码', 'code of the reason')],
    ['--words <text>', say(io, '说明', 'why, in words')],
  ]);
  act(
    edition,
    io,
    'decide',
    say(io, '裁定一件申诉（两名不同人员）', 'decide an appeal (two different persons)'),
    [
      ['--appeal <id>', say(io, '申诉编号', 'id of the appeal')],
      ['--verdict <exclude|keep>', say(io, '剔除或保留', 'exclude or keep')],
    ],
  );
  act(edition, io, 'freeze', say(io, '锁定', 'freeze it'), []);
  act(edition, io, 'publish', say(io, '发布（区级或市级）', 'publish it (district or city)'), []);
  act(edition, io, 'revise', say(io, '修订', 'revise what was published'), [
    ['--reason <code>', 'laterCallbacks, laterRulings, corrected'],
  ]);
}

type ActOptions = EditionOptions & Readonly<Record<string, string | undefined>>;

function act(
  edition: Command,
  io: Io,
  name: Exclude<EditionOrder['do'], 'draft'>,
  description: string,
  needs: readonly (readonly [flags: string, description: string])[],
): void {
  const command = edition.command(name).description(description).argument('<id>');
  for (const [flags, says] of needs) command.requiredOption(flags, says);
  command.action((id: string, options: ActOptions) =>
    actCommand(io, id, (town) => orderOf(name, options, town), options),
  );
  editionOptions(command, io, true, [`gezhi edition ${name} 2026-05-street --post 990000-RX-head1`]);
}

function orderOf(name: Exclude<EditionOrder['do'], 'draft'>, options: ActOptions, town: Town): EditionOrder {
  switch (name) {
    case 'show':
      return { do: 'show', until: endOf(town, options.until ?? '') };
    case 'appeal': {
      const { number = '', reason = '', words = '' } = options;
      return { do: 'appeal', number, reason, words };
    }
    case 'decide': {
      const { appeal = '', verdict } = options;
      if (verdict === 'exclude' || verdict === 'keep') return { do: 'decide', appeal, verdict };
      throw usage(`--verdict ${verdict} decides nothing.`, 'Write --verdict exclude, or --verdict keep.');
    }
    case 'revise':
      return { do: 'revise', reason: options.reason ?? '' };
    case 'freeze':
    case 'publish':
      return { do: name };
  }
}

/** The end of a day of the town, or a moment. */
function endOf(town: Town, text: string): Instant {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  const at = isDay ? zoneOf(town.profile.zone).instantOf(localDay(text), 86_400_000) : parseInstant(text);
  if (at !== undefined) return at;
  throw usage(`--until ${text} is no day.`, 'Write 2026-05-31, or a moment with its zone.');
}

function subjectOf(text: string): EditionBy {
  if (text === 'street' || text === 'unit') return text;
  throw usage(
    `--by ${text} cannot be measured.`,
    'Write --by street, or --by unit. Persons are never measured.',
  );
}

async function actCommand(
  io: Io,
  id: string,
  order: EditionOrder | ((town: Town) => EditionOrder),
  options: EditionOptions,
): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    requireSeat(town, options);
    const wanted = typeof order === 'function' ? order(town) : order;
    const done = await orderEdition(town, id, wanted, actorOf(options), io.now());
    sayOutcome<EditionState>(io, options.json, done, (state) => stateLine(io, town, state));
  });
}

function stateLine(
  io: Io,
  town: Town,
  { id, phase, revision, hash, shownUntil, appeals }: EditionState,
): string {
  const w = EDITION_WORDS[io.lang];
  const until = shownUntil === undefined ? '' : ` · ${sayMoment(shownUntil, town.profile.zone, io.lang)}`;
  const open = Object.values(appeals).map(
    (one) => ` · ${one.id} ${one.number} ${one.verdict ? w.verdicts[one.verdict] : '…'}`,
  );
  return `${id} · ${w.phases[phase]} · ${w.revision(revision)} · ${hash.slice(0, 12)}${until}${open.join('')}`;
}

async function listCommand(io: Io, options: EditionOptions): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const all = await listEditions(town);
    if (options.json) io.out(JSON.stringify(all.map(({ state }) => state)));
    else if (all.length === 0)
      io.out(
        say(
          io,
          '还没有任何一期：gezhi edition draft --month 2026-05',
          'There is no edition yet: gezhi edition draft --month 2026-05',
        ),
      );
    else for (const { state } of all) io.out(stateLine(io, town, state));
  });
}

async function readCommand(io: Io, id: string, options: ReadOptions): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const hash = await hashOf(town, id, options);
    const edition = await readText(town, id, hash);
    const nameOf = namesIn(town, edition, io.lang);
    const give = async (text: string): Promise<void> => {
      if (options.output === undefined) await io.write(text);
      else await writeFile(options.output, text);
    };
    const { format = options.json ? 'json' : undefined } = options;
    if (options.cases) {
      const list = await listFor(town, id, hash, actorOf(options));
      return await give(list.map((one) => `${JSON.stringify(one)}\n`).join(''));
    }
    if (format === 'json') return await give(`${await partOf(town, id, hash, 'content')}\n`);
    if (format === 'csv') return await give(editionCsv(edition, nameOf, io.lang));
    if (format === 'file') return await give(editionFile(edition, await readInput(town, id, hash)));
    if (format !== undefined) throw usage(`--format ${format} is none.`, 'Write json, csv or file.');
    return await give(`${sayEdition(edition, nameOf, town, io.lang).join('\n')}\n`);
  });
}

async function explainCommand(io: Io, id: string, options: ReadOptions): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const edition = await readText(town, id, await hashOf(town, id, options));
    const row = edition.rows.find(({ subject }) => subject === options.subject);
    if (!row) {
      const there = edition.rows.map(({ subject }) => subject).join(', ');
      throw usage(`The edition has no row "${options.subject}".`, `There is: ${there}.`);
    }
    const nameOf = namesIn(town, edition, io.lang);
    if (options.helpPlan) {
      const plan = await helpPlanFor(town, edition, row.subject);
      io.out(options.json ? JSON.stringify(plan) : sayHelpPlan(plan, nameOf, io.lang));
      return;
    }
    const lines = explainRow(edition, row, nameOf, io.lang);
    io.out(options.json ? JSON.stringify({ lines, row }) : lines.join('\n'));
  });
}

/** The hash of the text asked for: what is published, or, beside the database, whatever stage it is at. */
async function hashOf(town: Town, id: string, options: ReadOptions): Promise<string> {
  const summary: EditionSummary | undefined = await findEdition(town, id);
  if (!summary) throw usage(`There is no edition "${id}".`, 'See gezhi edition list.');
  if (options.revision === undefined) return summary.state.hash;
  const hash = hashFor(town, summary, undefined, Number(options.revision));
  if (hash) return hash;
  throw usage(
    `The edition has no revision ${options.revision}.`,
    `It is at revision ${summary.state.revision}.`,
  );
}
