import { writeFile } from 'node:fs/promises';
import { csvTable, isoInstant, unguardCell } from '@gezhi/basis';
import { readTable, type Table } from '@gezhi/connectors';
import {
  importKnowledge,
  KNOWLEDGE_COLUMNS,
  type KnowledgeColumn,
  type KnowledgeTableRow,
  type KnownItem,
  knowledgeOf,
  knowledgeRows,
  type Town,
  townOf,
} from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { table } from '../print/table.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & {
  readonly district?: string;
  readonly status?: string;
  readonly owner?: string;
  readonly live?: true;
  readonly output?: string;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('knowledge')
    .description(
      say(
        io,
        '知识库：list 列出，import 导入，export 导出',
        'the knowledge base: list it, import a table, export one',
      ),
    )
    .argument('<list|import|export>', say(io, '做什么', 'what to do'))
    .argument('[file]', say(io, '要导入的 CSV 或 XLSX', 'the CSV or XLSX to import'))
    .addOption(districtOption(io))
    .option('--status <status>', 'proposed, live, due, withdrawn')
    .option('--owner <code>', say(io, '负责单位代码', 'code of the unit that answers for it'))
    .option(
      '--live',
      say(
        io,
        '导入后直接发布（须有依据）；不写则等负责单位审核',
        'import as live (needs a basis); without it owners approve first',
      ),
    )
    .option('-o, --output <file>', say(io, '导出到此文件', 'write the export into this file'))
    .action((what: string, file: string | undefined, options: Options) =>
      knowledgeCommand(io, what, file, options),
    );
  common(command, io, [
    'gezhi knowledge list --status due',
    'gezhi knowledge import answers.xlsx --live',
    'gezhi knowledge export -o answers.csv',
  ]);
}

async function knowledgeCommand(
  io: Io,
  what: string,
  file: string | undefined,
  options: Options,
): Promise<void> {
  if (what !== 'list' && what !== 'import' && what !== 'export')
    throw usage(`"${what}" is none of list, import, export.`, 'gezhi knowledge list');
  if (what === 'import' && file === undefined)
    throw usage('Name the file to import.', 'gezhi knowledge import answers.csv');
  const read = what === 'import' ? await readTable(file!) : undefined;
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    if (read) return await bringIn(io, town, read, options);
    const all = await knowledgeOf(town, io.now(), options.owner ? { owner: options.owner } : {});
    const items = all.filter(({ status }) => !options.status || status === options.status);
    if (what === 'list') return list(io, town, items, options);
    const text = csvOf(town, items);
    if (options.output === undefined) return await io.write(text);
    await writeFile(options.output, text);
    io.err(
      say(
        io,
        `${items.length} 条已写入 ${options.output}`,
        `${items.length} items written to ${options.output}`,
      ),
    );
  });
}

const NAMES = Object.keys(KNOWLEDGE_COLUMNS) as readonly KnowledgeColumn[];

async function bringIn(io: Io, town: Town, read: Table, options: Options): Promise<void> {
  const rows = rowsOf(read);
  const done = await importKnowledge(town, rows, { live: options.live === true, now: io.now() });
  const broken = read.broken.length;
  if (options.json) io.out(JSON.stringify({ ...done, broken: read.broken }));
  else {
    for (const { line, column, value, problem } of done.bad)
      io.out(
        say(
          io,
          `第 ${line} 行 ${column} “${value}”：${problem}`,
          `row ${line}, ${column} "${value}": ${problem}`,
        ),
      );
    const [w, s, b] = [done.written, done.same, done.bad.length + broken];
    io.err(
      say(
        io,
        `写入 ${w} 条，未变 ${s} 条，有误 ${b} 行。`,
        `${w} written, ${s} unchanged, ${b} rows with mistakes.`,
      ),
    );
  }
  if (done.bad.length + broken > 0) io.end(3);
}

/** The rows by the columns that the table has; @throws Fault usage where question, answer or owner has no column. */
function rowsOf(read: Table): readonly { line: number; row: KnowledgeTableRow }[] {
  const at = new Map(
    NAMES.flatMap((name) => {
      const known: readonly string[] = KNOWLEDGE_COLUMNS[name];
      const i = read.columns.findIndex((column) => known.includes(column.trim()));
      return i < 0 ? [] : [[name, i] as const];
    }),
  );
  for (const name of ['question', 'answer', 'owner', 'validUntil'] as const) {
    if (at.has(name)) continue;
    throw usage(
      `The file has no column ${KNOWLEDGE_COLUMNS[name].join(' / ')}.`,
      `Its columns are: ${read.columns.join(', ')}.`,
    );
  }
  return read.rows.map((cells, r) => ({
    line: read.lines[r]!,
    row: Object.fromEntries([...at].map(([name, i]) => [name, unguardCell(cells[i] ?? '')])),
  }));
}

function csvOf(town: Town, items: readonly KnownItem[]): string {
  return csvTable([NAMES, ...knowledgeRows(town, items).map((row) => NAMES.map((name) => row[name]))]);
}

function list(io: Io, town: Town, items: readonly KnownItem[], { json }: Options): void {
  if (json) {
    io.out(
      JSON.stringify({ items: items.map((item) => ({ ...item, validUntil: isoInstant(item.validUntil) })) }),
    );
    return;
  }
  if (items.length === 0) {
    io.out(say(io, '没有符合条件的知识', 'No item matches'));
    return;
  }
  const heads = say(io, '编号 状态 负责单位 有效期至 已用 问题', 'id status owner until used question').split(
    ' ',
  );
  const cells = knowledgeRows(town, items).map((row, i) => [
    row.id,
    items[i]!.status,
    town.units.get(row.owner)?.name ?? row.owner,
    row.validUntil,
    String(items[i]!.answered),
    row.question,
  ]);
  for (const line of table(
    heads.map((head) => ({ head })),
    cells,
  ))
    io.out(line);
}
