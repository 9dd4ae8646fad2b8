import { DAY, isoInstant } from '@gezhi/basis';
import { TOPIC_MESSAGES_MAX, type TopicRun, type Town, topicsIn, townOf } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { table } from '../print/table.ts';
import { timeOf } from '../read/messages.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & {
  readonly district?: string;
  readonly days: string;
  readonly from?: string;
  readonly to?: string;
  readonly place?: string;
  readonly kind?: string;
  readonly public?: true;
  readonly top: string;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('topics')
    .description(
      say(
        io,
        '本地近来多人在说什么：话题、地点、人数、热度',
        'what many write about here: topics, where, how many people, heat',
      ),
    )
    .addOption(districtOption(io))
    .option('--days <n>', say(io, '近几天', 'the last days'), '7')
    .option('--from <day>', say(io, '起始', 'from when on'))
    .option('--to <day>', say(io, '截止', 'until when'))
    .option('--place <code>', say(io, '地点代码，含其下各处', 'code of a place, with all that lies in it'))
    .option('--kind <code>', say(io, '类别代码', 'code of a kind'))
    .option(
      '--public',
      say(
        io,
        '供公开：只读同意公开的，少于三人的不列',
        'for all to see: published requests only, nothing of fewer than three people',
      ),
    )
    .option('--top <n>', say(io, '列出前几个', 'how many to tell'), '20')
    .action((options: Options) => topicsCommand(io, options));
  common(command, io, ['gezhi topics', 'gezhi topics --days 30 --place 990101 --json']);
}

async function topicsCommand(io: Io, options: Options): Promise<void> {
  for (const name of ['days', 'top'] as const)
    if (!/^[1-9]\d{0,3}$/.test(options[name]))
      throw usage(`--${name} "${options[name]}" is no number.`, `Write --${name} 7.`);
  const to = dayOf(options.to) ?? io.now();
  const from = dayOf(options.from) ?? to - Number(options.days) * DAY;
  if (from >= to)
    throw usage('The window ends before it begins.', 'gezhi topics --from 2026-05-01 --to 2026-05-08');
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const { place, kind } = options;
    const query = { from, to, place, kind, scope: options.public ? 'public' : 'staff' } as const;
    print(io, town, await topicsIn(town, query, io.now()), options);
  });
}

function print(io: Io, town: Town, run: TopicRun, { json, top }: Options): void {
  const topics = run.topics.slice(0, Number(top));
  if (json) {
    const plain = topics.map(({ terms: _t, members: _m, since, latest, ...topic }) => ({
      ...topic,
      since: isoInstant(since),
      latest: isoInstant(latest),
    }));
    const { policy, messages, coveredFrom, from, to } = run;
    const times = { from: isoInstant(from), to: isoInstant(to), coveredFrom: isoInstant(coveredFrom) };
    io.out(JSON.stringify({ policy, ...times, messages, topics: plain }));
    return;
  }
  const heads = say(io, '热度 来件 人数 始于 地点 话题', 'heat messages people since where what').split(' ');
  const cells = topics.map(({ heat, voices, people, since, where, label }) => [
    heat.toFixed(1),
    String(voices),
    String(people),
    isoInstant(since).slice(0, 10),
    where.map(({ place }) => nameOf(town, place)).join(say(io, '、', ', ')),
    label,
  ]);
  for (const line of table(
    heads.map((head) => ({ head })),
    cells,
  ))
    io.out(line);
  const cut = run.coveredFrom > run.from;
  const since = isoInstant(run.coveredFrom);
  io.err(
    say(
      io,
      `读了 ${run.messages} 件来件。${cut ? `超过 ${TOPIC_MESSAGES_MAX} 件，只读了 ${since} 以后的。` : ''}`,
      `${run.messages} messages read.${cut ? ` There are more than ${TOPIC_MESSAGES_MAX}: only those from ${since} on.` : ''}`,
    ),
  );
}

function nameOf(town: Town, code: string): string {
  return town.places.places.find((place) => place.code === code)?.name ?? code;
}

function dayOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = timeOf(text);
  if (at === undefined) throw usage(`"${text}" is no day.`, 'Write it as 2026-05-01.');
  return at;
}
