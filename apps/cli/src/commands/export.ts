import { createWriteStream } from 'node:fs';
import { writeFile as writeText } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { isRefusal } from '@gezhi/basis';
import { type Imported, loadProfile, type WriteFormat, writeFile } from '@gezhi/connectors';
import { countRequests, headOf } from '@gezhi/storage';
import {
  allowExport,
  type Export,
  type ExportStamp,
  OPERATOR,
  recordExport,
  type Town,
  townOf,
} from '@gezhi/town';
import type { Command } from 'commander';
import { exportEverything } from '../everything.ts';
import { exportRequests } from '../export-requests.ts';
import { exportUnit } from '../export-unit.ts';
import { factLines, factsHeader } from '../facts-file.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { whole } from '../print/numbers.ts';
import { type Progress, progress } from '../progress.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & {
  readonly profile?: string;
  readonly facts?: boolean;
  readonly unit?: string;
  readonly everything?: string;
  readonly since?: string;
  readonly format?: string;
  readonly output?: string;
  readonly contacts?: boolean;
  readonly steward?: string;
  readonly second?: string;
  readonly for?: string;
  readonly district?: string;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('export')
    .description(say(io, '导出诉求、事实或全部数据', 'export requests, facts, or everything'))
    .option(
      '--profile <name>',
      say(io, '按此模板的列导出诉求，如 hotline-zh', "requests in a profile's columns, such as hotline-zh"),
    )
    .option(
      '--facts',
      say(io, '导出事实（NDJSON），可用 gezhi recompute 重算', 'facts (NDJSON), for gezhi recompute'),
    )
    .option(
      '--unit <code>',
      say(
        io,
        '导出此单位牵头或协办事项的事实（NDJSON）',
        'facts of the cases that this unit leads or helps (NDJSON)',
      ),
    )
    .option(
      '--everything <dir>',
      say(
        io,
        '导出全部数据到一个空文件夹，用于更换 PostgreSQL 大版本；服务可照常运行',
        'everything into an empty folder, to change to another major version of PostgreSQL; the service may run',
      ),
    )
    .option(
      '--since <position>',
      say(io, '只要此位置之后的', 'only what came after this position of the log'),
    )
    .option('--format <format>', 'csv, tsv, xlsx, ndjson')
    .option(
      '--contacts',
      say(io, '带姓名和电话（默认不带）', 'with names and telephone numbers (left out by default)'),
    )
    .option(
      '--steward <post>',
      say(io, '大量导出：提出导出的数据管理岗', 'mass export: the data steward who asks for it'),
    )
    .option(
      '--second <post>',
      say(io, '大量导出：同意的第二人', 'mass export: the second person, who allows it'),
    )
    .option('--for <purpose>', say(io, '大量导出：用途', 'mass export: for what'))
    .option(
      '-o, --output <file>',
      say(
        io,
        '写入此文件（事实默认写到标准输出）',
        'write into this file (facts go to standard output otherwise)',
      ),
    )
    .addOption(districtOption(io))
    .action((options: Options) => exportCommand(io, options));
  common(command, io, [
    'gezhi export --profile hotline-zh -o tickets.xlsx',
    'gezhi export --facts -o facts.ndjson --steward 990000-RX-dataSteward1 --second 990000-RX-head1 --for audit',
    'gezhi export --everything /backups/whole',
    'gezhi export --facts --since 120000 | gzip > new.ndjson.gz',
  ]);
}

async function exportCommand(io: Io, options: Options): Promise<void> {
  const asked = [options.profile, options.facts, options.unit, options.everything].filter(
    (one) => one !== undefined,
  );
  if (asked.length !== 1) {
    throw usage(
      'Say what to export.',
      'Write one of --profile hotline-zh, --facts, --unit U, --everything DIR.',
    );
  }
  if (options.everything !== undefined) return await exportEverything(io, options, options.everything);
  const since = sinceOf(options.since);
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const stamp = await stampFor(io, town, options, since);
    await recordExport(town, exportOf(options, since, stamp), io.now());
    if (options.unit !== undefined)
      return await exportUnit(io, town, options.unit, since ?? 0, options.output);
    const bar = progress(io, options.facts ? say(io, '事实', 'facts') : say(io, '诉求', 'requests'));
    try {
      await (options.facts
        ? exportFacts(io, town, since ?? 0, { ...options, stamp }, bar)
        : exportTickets(io, town, since, { ...options, stamp }, bar));
    } finally {
      bar.end();
    }
  });
}

/** As the ledger keeps it, written before anything leaves. */
function exportOf(
  { facts, unit, contacts }: Options,
  since: number | undefined,
  { steward, second }: ExportStamp,
): Export {
  const what = unit === undefined ? (facts ? 'facts' : 'requests') : 'unit';
  return {
    what,
    by: OPERATOR,
    contacts: contacts === true,
    words: what !== 'facts',
    ...(unit === undefined ? {} : { unit }),
    ...(since === undefined ? {} : { since }),
    ...(steward && second ? { steward: steward.post, second: second.post } : {}),
  };
}

type Stamped = Options & { readonly stamp: ExportStamp };

/**
 * What the file says of its making; whoever sits at the shell is the role `operator`. A unit's own data are no mass export.
 * @throws Fault `usage` where so much may not leave on nobody's word
 */
async function stampFor(
  io: Io,
  town: Town,
  { facts, unit, steward, second, for: purpose }: Options,
  since = 0,
): Promise<ExportStamp> {
  const { pool } = town.db;
  const records =
    unit !== undefined
      ? 0
      : facts
        ? (await headOf(pool, town.district)) - since
        : await countRequests(pool, town.district);
  const order = {
    what: unit === undefined ? (facts ? 'facts' : 'requests') : 'unit',
    records,
    ...(steward ? { steward } : {}),
    ...(second ? { second } : {}),
    ...(purpose ? { purpose } : {}),
  };
  const stamp = allowExport(town, order, io.now());
  if (!isRefusal(stamp)) return stamp;
  throw usage(
    stamp.because,
    'Write --steward POST --second POST --for WORDS: a data steward, and a head or another data steward.',
  );
}

async function exportFacts(
  io: Io,
  town: Town,
  since: number,
  options: Stamped,
  bar: Progress,
): Promise<void> {
  if (options.format !== undefined && options.format !== 'ndjson') {
    throw usage(`Facts are not written as ${options.format}.`, 'They are NDJSON; leave --format out.');
  }
  const position = await headOf(town.db.pool, town.district);
  let facts = 0;
  const text = async function* (): AsyncGenerator<string> {
    yield `${JSON.stringify(factsHeader(town, since, position, options.stamp))}\n`;
    for await (const page of factLines(town, since, position)) {
      facts += page.facts;
      bar.at(facts, position - since);
      yield page.text;
    }
  };
  const { output } = options;
  if (output === undefined) {
    for await (const page of text()) await io.write(page);
    return;
  }
  await pipeline(text, createWriteStream(output, { flush: true }));
  bar.end();
  if (options.json) io.out(JSON.stringify({ output, facts, since, position }));
  else
    io.out(
      say(
        io,
        `${output}：${whole(facts)} 条事实，至位置 ${position}。`,
        `${output}: ${whole(facts)} facts, up to position ${position}.`,
      ),
    );
}

async function exportTickets(
  io: Io,
  town: Town,
  since: number | undefined,
  options: Stamped,
  bar: Progress,
): Promise<void> {
  const { output } = options;
  if (output === undefined) throw usage('Where to is not said.', 'Name a file: -o tickets.xlsx.');
  const profile = loadProfile(options.profile!);
  let count = 0;
  const records = async function* (): AsyncGenerator<Imported> {
    const contacts = options.contacts === true;
    for await (const record of exportRequests(town, {
      contacts,
      now: io.now(),
      ...(since === undefined ? {} : { since }),
    })) {
      count += 1;
      if (count % 500 === 0) bar.at(count);
      yield record;
    }
  };
  const requests = await writeFile(output, records(), profile, formatOf(options.format, output));
  // Beside the file, whose columns are the profile's.
  await writeText(`${output}.export.json`, `${JSON.stringify(options.stamp, null, 2)}\n`);
  const position = await headOf(town.db.pool, town.district);
  bar.end();
  if (options.json) io.out(JSON.stringify({ output, requests, position }));
  else io.out(say(io, `${output}：${whole(requests)} 件诉求。`, `${output}: ${whole(requests)} requests.`));
}

const FORMATS: readonly WriteFormat[] = ['csv', 'tsv', 'xlsx', 'ndjson'];

/** The format that is named, else the one that the file's name ends with, else CSV. @throws Fault `usage` */
export function formatOf(format: string | undefined, output: string): WriteFormat {
  const known = FORMATS.find(
    (one) => one === (format ?? output.slice(output.lastIndexOf('.') + 1).toLowerCase()),
  );
  if (known) return known;
  if (format === undefined) return 'csv';
  throw usage(`There is no format "${format}".`, `Write one of ${FORMATS.join(', ')}.`);
}

function sinceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw usage(
    `--since ${text} is no position.`,
    'Write a whole number, such as the position that the last export told.',
  );
}
