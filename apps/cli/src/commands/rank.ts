import { zoneOf } from '@gezhi/clock';
import { townOf } from '@gezhi/town';
import type { Command } from 'commander';
import { catchUp } from '../catch-up.ts';
import { type Io, say } from '../io.ts';
import { namesOf } from '../names-of.ts';
import { type CommonOptions, common, districtOption } from '../options.ts';
import { isoWindow, type PeriodOptions, POLICY_NAMES, policyOf, windowOf } from '../period.ts';
import { sayRanking } from '../print/say-ranking.ts';
import { plainRanking, rankBy, rankTown } from '../rank-town.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & PeriodOptions & { readonly by: string; readonly district?: string };

export function register(program: Command, io: Io): void {
  const command = program
    .command('rank')
    .description(say(io, '按三率排名街道或单位', 'rank streets or units by the three rates'))
    .addOption(districtOption(io));
  periodOptions(command, io).action((options: Options) => rankCommand(io, options));
  common(command, io, [
    'gezhi rank',
    'gezhi rank --month 2026-05 --by unit',
    'gezhi rank --from 2026-01-01 --to 2026-04-01 --json',
  ]);
}

/** The options that `rank` and `recompute` share, so that one line can be asked of both. */
export function periodOptions(command: Command, io: Io): Command {
  return command
    .option(
      '--month <month>',
      say(
        io,
        '考核月，如 2026-05（默认最近一个已结束的）',
        'assessment month, as 2026-05 (default: the last that has ended)',
      ),
    )
    .option('--from <day>', say(io, '自（含）', 'from (included)'))
    .option('--to <day>', say(io, '至（不含）', 'to (not included)'))
    .option('--by <street|unit>', say(io, '按街道（乡镇）或承办单位', 'by street or by unit'), 'street')
    .option(
      '--policy <name>',
      say(io, `口径：${POLICY_NAMES.join('、')}`, `policy: ${POLICY_NAMES.join(', ')}`),
      POLICY_NAMES[0],
    );
}

async function rankCommand(io: Io, options: Options): Promise<void> {
  const by = rankBy(options.by);
  const policy = policyOf(options.policy);
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const { zone } = town.profile;
    const window = windowOf(options, policy, zoneOf(zone), io.now());
    await catchUp(io, installation);
    const ranked = await rankTown(town, by, policy, window);
    if (options.json) {
      const head = { district: town.district, by, window: isoWindow(window) };
      io.out(JSON.stringify({ ...head, ...plainRanking(ranked) }));
      return;
    }
    const names = namesOf(town, io.lang);
    const nameOf = (code: string): string => names(by === 'street' ? 'place' : 'unit', code);
    for (const line of sayRanking(io.lang, { ...ranked, policy, window, zone, by, nameOf })) io.out(line);
  });
}
