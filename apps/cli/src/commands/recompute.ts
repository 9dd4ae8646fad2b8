import { measuredCase } from '@gezhi/cases';
import { zoneOf } from '@gezhi/clock';
import { type MeasuredCase, type Ranking, recomputeRanking, requestsIn } from '@gezhi/measures';
import type { Command } from 'commander';
import { type ReadFacts, readFacts } from '../facts-file.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { isoWindow, type PeriodOptions, policyOf, windowOf } from '../period.ts';
import { sayRanking } from '../print/say-ranking.ts';
import { progress } from '../progress.ts';
import { groupOf, plainRanking, type RankBy, rankBy } from '../rank-town.ts';
import { readEditionFile, recomputeAgain } from '../recompute-edition.ts';
import { usage } from '../say-error.ts';
import { periodOptions } from './rank.ts';

type Options = CommonOptions &
  PeriodOptions & { readonly by: string; readonly zone?: string; readonly behind?: boolean };

export function register(program: Command, io: Io): void {
  const command = program
    .command('recompute')
    .description(
      say(
        io,
        '由导出的事实重新计算同样的数字，不用数据库',
        'compute the same numbers again from exported facts, without a database',
      ),
    )
    .argument(
      '<file>',
      say(
        io,
        'gezhi export --facts 的文件（可为 .gz），或 gezhi edition read --format file 的文件',
        'a file of gezhi export --facts (also .gz), or of gezhi edition read --format file',
      ),
    )
    .option('--zone <zone>', say(io, '时区（默认按文件所写）', 'time zone (default: as the file says)'))
    .option(
      '--behind',
      say(io, 'JSON 中列出每个数字背后的诉求编号', 'with --json: the request numbers behind each figure'),
    );
  periodOptions(command, io).action((file: string, options: Options) => recomputeCommand(io, file, options));
  common(
    command,
    io,
    ['gezhi export --facts -o facts.ndjson', 'gezhi recompute facts.ndjson --month 2026-05 --by street'],
    false,
  );
}

async function recomputeCommand(io: Io, file: string, options: Options): Promise<void> {
  const edition = await readEditionFile(file);
  if (edition) return recomputeAgain(io, edition, options.json === true);
  const by = rankBy(options.by);
  const policy = policyOf(options.policy);
  const bar = progress(io, say(io, '事实', 'facts'));
  const read = await readFacts(file, (facts) => bar.at(facts)).finally(() => bar.end());
  const zone = options.zone ?? read.header?.zone;
  if (zone === undefined) throw usage(`${file} names no time zone.`, 'Name it: --zone Asia/Shanghai.');
  const window = windowOf(options, policy, zoneOf(zone), io.now());
  const { cases, outside } = casesBy(read, by);
  const ranking: Ranking = recomputeRanking(cases, policy, window);
  const left = requestsIn(outside, policy, window).length;
  if (options.json) {
    const head = { district: read.header?.district, by, window: isoWindow(window) };
    const told = options.behind ? { ...ranking, outside: left } : plainRanking({ ranking, outside: left });
    io.out(JSON.stringify({ ...head, ...told }));
    return;
  }
  const names = by === 'street' ? read.header?.names.streets : read.header?.names.units;
  const nameOf = (code: string): string => names?.[code] ?? code;
  for (const line of sayRanking(io.lang, { ranking, outside: left, policy, window, zone, by, nameOf }))
    io.out(line);
}

/** The measured cases with each request counted for its street or unit, and the requests that count for none. */
function casesBy(
  read: ReadFacts,
  by: RankBy,
): { readonly cases: readonly MeasuredCase[]; readonly outside: MeasuredCase['requests'] } {
  const streets = by === 'street' ? streetsIn(read) : undefined;
  const outside: MeasuredCase['requests'][number][] = [];
  const cases = read.cases.map((c) => {
    // A handling term bears on no rate of requests, so none is computed.
    const measured = measuredCase(c, undefined);
    const requests = measured.requests.flatMap((request) => {
      const unit = groupOf(streets, request);
      if (unit !== undefined) return [{ ...request, unit }];
      outside.push(request);
      return [];
    });
    return { ...measured, requests };
  });
  return { cases, outside };
}

function streetsIn({ header }: ReadFacts): ReadonlyMap<string, string> {
  if (header) return new Map(Object.entries(header.streets));
  throw usage(
    'The file does not say which place lies in which street.',
    'Take --by unit, or export it with gezhi export --facts.',
  );
}
