import { THEME_PARTS } from '@gezhi/storage';
import { listThemes, type Theme, townOf, writeThemePart } from '@gezhi/town';
import type { Command } from 'commander';
import { actorOf, type EditionOptions, editionOptions, requireSeat, sayOutcome } from '../edition-options.ts';
import { type Io, say } from '../io.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = EditionOptions & {
  readonly theme: string;
  readonly part: string;
  readonly id: string;
  readonly under?: string;
  readonly title: string;
  readonly lead?: string;
  readonly due?: string;
  readonly doneOn?: string;
  readonly link?: string;
  readonly asked?: string;
  readonly satisfied?: string;
};

/** `gezhi edition theme list|write`. */
export function registerThemes(edition: Command, io: Io): void {
  const theme = edition.command('theme').description(say(io, '每月一题', 'the theme of the month'));
  const list = theme
    .command('list')
    .description(say(io, '列出主题及其进展', 'list the themes and how far they are'))
    .action((options: Options) => listCommand(io, options));
  editionOptions(list, io, false, ['gezhi edition theme list']);
  const write = theme
    .command('write')
    .description(
      say(io, '编写主题、问题、任务、成果或调查', 'write a theme, problem, task, output or survey'),
    )
    .requiredOption('--theme <id>', say(io, '主题编号，如 2026-06', 'id of the theme, as 2026-06'))
    .requiredOption('--part <part>', THEME_PARTS.join(', '))
    .requiredOption('--id <id>', say(io, '这一部分的编号', 'id of this part'))
    .option('--under <id>', say(io, '所属问题', 'the problem it belongs to'))
    .requiredOption('--title <text>', say(io, '标题', 'title'))
    .option('--lead <unit>', say(io, '牵头单位', 'unit that leads'))
    .option('--due <day>', say(io, '期限', 'day it is due'))
    .option('--done-on <day>', say(io, '完成日', 'day it was done'))
    .option('--link <address>', say(io, '成果地址', 'where an output can be read'))
    .option('--asked <n>', say(io, '调查人数', 'how many were asked'))
    .option('--satisfied <n>', say(io, '满意人数', 'how many were satisfied'))
    .action((options: Options) => writeCommand(io, options));
  editionOptions(write, io, true, [
    'gezhi edition theme write --theme 2026-06 --part theme --id 2026-06 --title 路灯照明 --post 990000-RX-head1',
  ]);
}

async function listCommand(io: Io, options: Options): Promise<void> {
  await withInstallation(io, options, 'data', async (installation) => {
    const themes = await listThemes(townOf(installation, options.district));
    if (options.json) io.out(JSON.stringify(themes));
    else for (const theme of themes) io.out(themeLines(io, theme));
  });
}

async function writeCommand(io: Io, options: Options): Promise<void> {
  const part = THEME_PARTS.find((one) => one === options.part);
  if (!part) throw usage(`--part ${options.part} is none.`, `Write one of ${THEME_PARTS.join(', ')}.`);
  const { theme, id, under, title, lead, due, doneOn, link, asked, satisfied } = options;
  await withInstallation(io, options, 'data', async (installation) => {
    const town = townOf(installation, options.district);
    requireSeat(town, options);
    const data = {
      title,
      ...(lead === undefined ? {} : { lead }),
      ...(due === undefined ? {} : { due }),
      ...(doneOn === undefined ? {} : { doneOn }),
      ...(link === undefined ? {} : { link }),
      ...(asked === undefined ? {} : { asked: Number(asked) }),
      ...(satisfied === undefined ? {} : { satisfied: Number(satisfied) }),
    };
    const input = { theme, part, id, ...(under === undefined ? {} : { under }), data };
    const done = await writeThemePart(town, input, actorOf(options), io.now());
    sayOutcome<Theme>(io, options.json, done, (told) => themeLines(io, told));
  });
}

function themeLines(io: Io, { id, title, problems, tasks, outputs, surveys }: Theme): string {
  const counts = say(
    io,
    `任务 ${tasks.done}/${tasks.all}，政策成果 ${outputs}`,
    `tasks ${tasks.done} of ${tasks.all} done, ${outputs} outputs`,
  );
  const asked = surveys.map((survey) => `  ${survey.title}: ${survey.satisfied}/${survey.asked}`);
  return [
    `${id} ${title} · ${counts}`,
    ...problems.map((problem) => `  ${problem.id} ${problem.title}`),
    ...asked,
  ].join('\n');
}
