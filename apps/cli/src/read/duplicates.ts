import { readTable } from '@gezhi/connectors';
import { addCase, countTerms, makeSameIndex, type SameMatter, sameMatter, signText } from '@gezhi/text';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { percent } from '../print/numbers.ts';
import { usage } from '../say-error.ts';
import { type ColumnOptions, readMessages } from './messages.ts';
import { columnOptions } from './shared-options.ts';

type Options = CommonOptions & ColumnOptions & { readonly least: string };

export function register(read: Command, io: Io): void {
  const command = columnOptions(read.command('duplicates'), io)
    .description(
      say(
        io,
        '每行可能与之前哪几行是同一件事，及其理由',
        'which earlier rows each row may be the same matter as, with why',
      ),
    )
    .argument('<file>', 'CSV (.gz), XLSX')
    .option('--person <column>', say(io, '留言人所在列，只比较', 'column of who wrote, only compared'))
    .option('--least <chance>', say(io, '可能性至少', 'least chance'), '0.5')
    .action((file: string, options: Options) => duplicatesCommand(io, file, options));
  common(
    command,
    io,
    ['gezhi read duplicates messages.xlsx', 'gezhi read duplicates messages.csv --least 0.8 --json'],
    false,
  );
}

async function duplicatesCommand(io: Io, file: string, options: Options): Promise<void> {
  const least = Number(options.least);
  if (!(least > 0 && least <= 1))
    throw usage(`"${options.least}" is no chance.`, 'Write one above 0 and up to 1, as --least 0.5.');
  const table = await readTable(file);
  const { messages, undated } = readMessages(table, options, true);
  const began = performance.now();
  const signed = messages
    .map(({ id, at, title, text, personKey }) => ({
      id,
      openedAt: at,
      callerKey: personKey,
      signature: signText(title ? `${title}\n${text}` : text),
    }))
    .sort((a, b) => a.openedAt - b.openedAt);
  const index = makeSameIndex();
  for (const { signature } of signed) countTerms(index, signature);
  let [rows, resends] = [0, 0];
  for (const row of signed) {
    const found = sameMatter(index, { ...row, at: row.openedAt }).filter(({ chance }) => chance >= least);
    addCase(index, row, true);
    if (found.length === 0) continue;
    rows += 1;
    if (found.some(({ resend }) => resend)) resends += 1;
    await io.write(`${options.json ? jsonOf(row.id, found) : lineOf(io, row.id, found)}\n`);
  }
  const seconds = (performance.now() - began) / 1000;
  if (options.json) {
    io.out(JSON.stringify({ n: signed.length, rows, resends, undated, broken: table.broken, seconds }));
    return;
  }
  const n = signed.length;
  if (undated.length > 0) {
    io.err(
      say(
        io,
        `${undated.length} 行没有能读的时间，未比较（第 ${undated.slice(0, 5).join('、')} 行等）。`,
        `${undated.length} rows without a time that can be read were left out (line ${undated.slice(0, 5).join(', ')} …).`,
      ),
    );
  }
  io.err(
    say(
      io,
      `${n} 行，其中 ${rows} 行可能是说过的事，${resends} 行是重发。`,
      `${n} rows; ${rows} may have been told before, ${resends} of them are resends.`,
    ),
  );
}

function jsonOf(row: string, found: readonly SameMatter[]): string {
  const same = found.map(({ id, chance, resend, because }) => ({ row: Number(id), chance, resend, because }));
  return JSON.stringify({ row: Number(row), same });
}

function lineOf(io: Io, row: string, found: readonly SameMatter[]): string {
  const told = found.map(
    ({ id, chance, resend }) => `${id} (${resend ? say(io, '重发', 'resend') : percent(chance)})`,
  );
  return `${row}\t${told.join(say(io, '、', ', '))}`;
}
