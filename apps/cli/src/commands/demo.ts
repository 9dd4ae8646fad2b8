import { DEMO, makeDemo } from '@gezhi/service';
import type { Command } from 'commander';
import { catchUp } from '../catch-up.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { seconds, whole } from '../print/numbers.ts';
import { progress } from '../progress.ts';
import { usage } from '../say-error.ts';
import { wholeDays } from '../whole-days.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly days?: string; readonly seed: string };

export function register(program: Command, io: Io): void {
  const command = program
    .command('demo')
    .description(say(io, '在空的数据目录里造一个虚构的市', 'make a made-up town in an empty data folder'))
    .option('--days <n>', say(io, `历史天数（默认 ${DEMO.days}）`, `days of history (default: ${DEMO.days})`))
    .option(
      '--seed <n>',
      say(io, '种子：同一种子，同一个市', 'the seed: same seed, same town'),
      String(DEMO.seed),
    )
    .action((options: Options) => demoCommand(io, options));
  common(command, io, ['gezhi demo --data ./demo-town', 'gezhi demo --data ./small --days 30 --seed 7']);
}

async function demoCommand(io: Io, options: Options): Promise<void> {
  if (!/^\d{1,9}$/.test(options.seed))
    throw usage(`--seed ${options.seed} is no seed.`, 'Write a whole number.');
  const days = options.days === undefined ? DEMO.days : wholeDays(options.days);
  const bar = progress(io, say(io, '城市的历史', 'history'));
  const made = await withInstallation(io, options, 'nothing', async (installation) => {
    try {
      const demo = await makeDemo(installation, {
        seed: Number(options.seed),
        days,
        perDay: DEMO.perDay,
        now: io.now(),
        progress: (share) => bar.at(Math.round(share * days), days),
      });
      bar.end();
      await catchUp(io, installation);
      return demo;
    } finally {
      bar.end();
    }
  });
  if (options.json) io.out(JSON.stringify({ days, seed: Number(options.seed), ...made }));
  else {
    const { cases, facts } = made;
    io.out(
      say(
        io,
        `虚构的市已就绪：${whole(cases)} 件，${whole(facts)} 条事实，用时 ${seconds(made.seconds)}。`,
        `A made-up town is there: ${whole(cases)} cases, ${whole(facts)} facts, in ${seconds(made.seconds)}.`,
      ),
    );
    io.out(say(io, '打开：gezhi serve', 'Open it: gezhi serve'));
  }
}
