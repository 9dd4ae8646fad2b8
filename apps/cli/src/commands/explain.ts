import { EXPLAIN_WORDS, EXPLAINED, type Installation, timeLines } from '@gezhi/town';
import type { Command } from 'commander';
import { explainCase } from '../explain-case.ts';
import { linesOfCase, linesOfEdition } from '../explain-lines.ts';
import { findCase } from '../find-case.ts';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { sayCase } from '../print/say-case.ts';
import { usage } from '../say-error.ts';
import { withInstallation } from '../with-installation.ts';

type Options = CommonOptions & { readonly district?: string; readonly subject?: string };

const WHAT = [...EXPLAINED, 'rate', 'rank'] as const;
type What = (typeof WHAT)[number];

export function register(program: Command, io: Io): void {
  const command = program
    .command('explain')
    .description(
      say(
        io,
        '说明：案件、时限、派单、剔除、比率、排名；只写编号即说明案件',
        'explain a case, a deadline, a routing, an exclusion, a rate or a rank; a number alone means the case',
      ),
    )
    .argument(
      '<what>',
      say(io, `${WHAT.join('、')}；或事项、诉求编号`, `${WHAT.join(', ')}; or a case or number`),
    )
    .argument(
      '[id]',
      say(io, '事项、诉求编号；比率与排名写通报编号', 'a case or number; of a rate or rank the edition'),
    )
    .option('--subject <code>', say(io, '通报中的街道或单位', 'street or unit in the edition'))
    .option('--district <code>', say(io, '区', 'district'))
    .action((said: string, id: string | undefined, options: Options) =>
      explainCommand(io, said, id, options),
    );
  common(command, io, [
    'gezhi explain 120000000014',
    'gezhi explain "1200 0000 0014" --lang zh',
    'gezhi explain 0190f2c4-… --json',
    'gezhi explain routing 120000000014',
    'gezhi explain rate 2026-05-street --subject 990101001000',
  ]);
}

async function explainCommand(io: Io, said: string, id: string | undefined, options: Options): Promise<void> {
  const what: What = WHAT.find((one) => one === said) ?? 'case';
  const named = what === said ? id : said;
  if (named === undefined)
    throw usage('What is to be explained is not named.', `gezhi explain ${what} 120000000014`);
  await withInstallation(io, options, 'data', async (installation) => {
    if (what === 'case') return await explainWhole(io, installation, named, options);
    const order = { id: named, district: options.district, subject: options.subject };
    const lines =
      what === 'rate' || what === 'rank'
        ? await linesOfEdition(io, installation, what, order)
        : await linesOfCase(io, installation, what, order);
    if (options.json) io.out(JSON.stringify({ what, id: named, lines }));
    else for (const line of lines) io.out(line);
  });
}

/** The case as it always was explained, and where its time went. */
async function explainWhole(
  io: Io,
  installation: Installation,
  named: string,
  options: Options,
): Promise<void> {
  const { town, facts } = await findCase(installation, named, options.district);
  const told = explainCase(town, facts, io.lang);
  const time = timeLines(town, facts, io.lang, io.now());
  if (options.json) return io.out(JSON.stringify({ ...told, time }));
  for (const line of sayCase(io.lang, town.profile.zone, told)) io.out(line);
  io.out('');
  io.out(EXPLAIN_WORDS[io.lang].heldTitle);
  for (const line of time) io.out(`  ${line}`);
}
