import { PROJECTIONS, type Projection } from '@gezhi/storage';
import { type Rebuilt, rebuild } from '@gezhi/workers';
import type { Command } from 'commander';
import { type Io, type Lang, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { seconds, whole } from '../print/numbers.ts';
import { progress } from '../progress.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly only?: readonly string[] };

export function register(program: Command, io: Io): void {
  const command = program
    .command('rebuild')
    .description(
      say(
        io,
        '由事实重新计算现状、统计与检索，与现有的比较后替换；服务可照常运行',
        'compute state, roll-ups and search again from the facts, compare, and swap; the service may run',
      ),
    )
    .option(
      '--only <what...>',
      say(io, `只算其中几样：${PROJECTIONS.join('、')}`, `only some of: ${PROJECTIONS.join(', ')}`),
    )
    .action((options: Options) => rebuildCommand(io, options));
  common(command, io, ['gezhi rebuild', 'gezhi rebuild --only rollup search --json']);
}

async function rebuildCommand(io: Io, options: Options): Promise<void> {
  const only = options.only?.map(projectionOf);
  const bar = progress(io, say(io, '事实', 'facts'));
  const rebuilt = await withInstallation(io, options, 'data', (installation) =>
    rebuild(installation, {
      ...(only ? { only } : {}),
      progress: ({ facts, of }) => bar.at(facts, of),
    }).finally(() => bar.end()),
  );
  if (rebuilt.differences.length) io.end(3);
  if (options.json) io.out(JSON.stringify(rebuilt));
  else for (const line of sayRebuilt(io.lang, rebuilt)) io.out(line);
}

function projectionOf(name: string): Projection {
  const projection = PROJECTIONS.find((one) => one === name);
  if (projection) return projection;
  throw usage(`"${name}" is computed from nothing.`, `Write some of: ${PROJECTIONS.join(', ')}.`);
}

export function sayRebuilt(lang: Lang, rebuilt: Rebuilt): string[] {
  const zh = lang === 'zh';
  const { cases, facts, differences, notCompared } = rebuilt;
  return [
    zh
      ? `由 ${whole(facts)} 条事实重算了 ${whole(cases)} 件，用时 ${seconds(rebuilt.seconds)}，已替换。`
      : `${whole(cases)} cases were computed again from ${whole(facts)} facts in ${seconds(rebuilt.seconds)}, and swapped in.`,
    ...(notCompared.length
      ? [
          zh
            ? `口径已变，未作比较：${notCompared.join('、')}。`
            : `Reckoned by other terms before, so not compared: ${notCompared.join(', ')}.`,
        ]
      : []),
    ...(differences.length === 0
      ? [zh ? '与原有的没有差别。' : 'Nothing differed from what was there.']
      : [
          zh ? '与原有的有差别：' : 'What was there differed:',
          ...differences.flatMap(({ projection, kind, rows, samples }) => [
            `  ${projection}: ${whole(rows)} ${kind}`,
            ...samples.map((sample) => `    ${JSON.stringify(sample)}`),
          ]),
        ]),
  ];
}
