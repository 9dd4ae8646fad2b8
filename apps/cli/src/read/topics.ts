import { readTable } from '@gezhi/connectors';
import { findTopics, maskText, type Topic } from '@gezhi/text';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { usage } from '../say-error.ts';
import { type ColumnOptions, readMessages, sayDay, timeOf } from './messages.ts';
import { columnOptions } from './shared-options.ts';

type Options = CommonOptions &
  ColumnOptions & {
    readonly from?: string;
    readonly to?: string;
    readonly top: string;
    readonly public?: true;
  };

export function register(read: Command, io: Io): void {
  const command = columnOptions(read.command('topics'), io)
    .description(
      say(
        io,
        '多人在说什么：话题、热度、何时起、多少人',
        'what many write about: topics, heat, since when, how many people',
      ),
    )
    .argument('<file>', 'CSV (.gz), XLSX')
    .option('--person <column>', say(io, '留言人所在列，只计数', 'column of who wrote, only counted'))
    .option('--place <column>', say(io, '地点所在列', 'column of the place'))
    .option('--from <day>', say(io, '起始；之前的留言作为历史', 'first day; what is before it is history'))
    .option('--to <day>', say(io, '截止', 'last moment'))
    .option('--top <n>', say(io, '列出前几个', 'how many to tell'), '20')
    .option(
      '--public',
      say(
        io,
        '供公开：少于三人的话题和地点不列',
        'for all to see: no topic and no place of fewer than three people',
      ),
    )
    .action((file: string, options: Options) => topicsCommand(io, file, options));
  common(
    command,
    io,
    ['gezhi read topics messages.xlsx', 'gezhi read topics messages.csv --from 2026-05-01 --json'],
    false,
  );
}

async function topicsCommand(io: Io, file: string, options: Options): Promise<void> {
  if (!/^\d{1,6}$/.test(options.top))
    throw usage(`"${options.top}" is no number of topics.`, 'Write --top 20.');
  const table = await readTable(file);
  const { messages, undated } = readMessages(table, options);
  const times = messages.map(({ at }) => at);
  const from = dayOf(options.from) ?? times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const to = dayOf(options.to) ?? times.reduce((a, b) => Math.max(a, b), 0);
  const began = performance.now();
  const topics = findTopics(messages, {
    from,
    to,
    mask: (text) => maskText(text).masked,
    isPublic: options.public === true,
  });
  const seconds = (performance.now() - began) / 1000;
  for (const topic of topics.slice(0, Number(options.top)))
    await io.write(`${options.json ? jsonOf(topic) : lineOf(io, topic)}\n`);
  if (options.json) {
    io.out(
      JSON.stringify({ n: messages.length, topics: topics.length, undated, broken: table.broken, seconds }),
    );
    return;
  }
  const [n, t, u] = [messages.length, topics.length, undated.length];
  io.err(
    say(
      io,
      `${n} 条留言，${t} 个话题；${u} 行时间无法读出。`,
      `${n} messages, ${t} topics; the time of ${u} rows cannot be read.`,
    ),
  );
}

function jsonOf({ terms: _, members, ...topic }: Topic): string {
  return JSON.stringify({ ...topic, members: members.map(Number) });
}

function lineOf(io: Io, { heat, voices, people, since, label, where, growth, isNew }: Topic): string {
  const places = where.map(({ place }) => place).join(say(io, '、', ', '));
  const grown = growth?.unusual ? say(io, '高于往常', 'above the season') : '';
  const fresh = isNew ? say(io, '新', 'new') : '';
  const count = say(io, `${voices} 条/${people} 人`, `${voices} voices/${people} people`);
  return [heat.toFixed(1), count, sayDay(since), label, places, grown, fresh].join('\t');
}

function dayOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = timeOf(text);
  if (at === undefined) throw usage(`"${text}" is no day.`, 'Write it as 2026-05-01.');
  return at;
}
