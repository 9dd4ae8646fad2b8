import { isRefusal } from '@gezhi/basis';
import { type ExplainedPower, explainPower, townOf } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { namesOf } from '../names-of.ts';
import { type CommonOptions, common } from '../options.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly district?: string };

export function register(program: Command, io: Io): void {
  const command = program
    .command('explain-power')
    .description(
      say(
        io,
        '说明某岗位对某事项有无某项权力，依据哪一条',
        'explain whether a post may do something to something, and by which policy',
      ),
    )
    .argument('<who>', say(io, '岗位代码或工号', 'code of a post, or a staff number'))
    .argument('<action>', say(io, '权力，例如 see、extend', 'a power, such as see or extend'))
    .argument(
      '<what>',
      say(io, '事项、诉求编号，或 类别@地点', 'a case, the number of a request, or kind@place'),
    )
    .option('--district <code>', say(io, '区', 'district'))
    .action((who: string, power: string, what: string, options: Options) =>
      explainPowerCommand(io, { who, power, what }, options),
    );
  common(command, io, [
    'gezhi explain-power 990000-RX-seat1 see 120000000014',
    'gezhi explain-power 990000-RX-dispatcher1 assign lamp.fault@990101 --lang zh',
  ]);
}

async function explainPowerCommand(
  io: Io,
  asked: { readonly who: string; readonly power: string; readonly what: string },
  options: Options,
): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    const explained = await explainPower(town, asked);
    if (isRefusal(explained)) throw usage(explained.because, 'Name what this installation has.');
    if (!explained.some(({ allowed }) => allowed)) io.end(3);
    if (options.json) io.out(JSON.stringify(explained));
    else
      for (const one of explained)
        for (const line of sayPower(io.lang, one, namesOf(town, io.lang))) io.out(line);
  });
}

export function sayPower(
  lang: Io['lang'],
  { who, power, scene, allowed, because }: ExplainedPower,
  nameOf: (sort: 'post', code: string) => string,
): string[] {
  const zh = lang === 'zh';
  const post = nameOf('post', who.post);
  const verdict = zh ? (allowed ? '可以' : '不得') : allowed ? 'may' : 'may not';
  return [
    `${post} (${who.post}) ${verdict} ${power}`,
    `  ${because.text[lang]}`,
    zh ? `  规则：${scene}/${because.policy}` : `  policy: ${scene}/${because.policy}`,
    ...(because.basis ? [zh ? `  依据：${because.basis}` : `  basis: ${because.basis}`] : []),
  ];
}
