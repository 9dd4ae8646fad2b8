import { type Command as Commander, CommanderError, Option, Command as Program } from 'commander';
import { helpInChinese } from './help-in-chinese.ts';
import { type Io, say } from './io.ts';
import { exitCodeOf, sayError } from './say-error.ts';

/** A command's own file: puts its name, options and examples under the program and runs when it is called. */
type CommandFile = { readonly register: (program: Commander, io: Io) => void | Promise<void> };

/** Where each command lies, in the order of the help. Only the one that is called is loaded. */
export const COMMANDS: Readonly<Record<string, () => Promise<CommandFile>>> = {
  serve: () => import('./commands/serve.ts'),
  demo: () => import('./commands/demo.ts'),
  town: () => import('./commands/town.ts'),
  import: () => import('./commands/import.ts'),
  export: () => import('./commands/export.ts'),
  explain: () => import('./commands/explain.ts'),
  'explain-power': () => import('./commands/explain-power.ts'),
  powers: () => import('./commands/powers.ts'),
  responsible: () => import('./commands/responsible.ts'),
  rank: () => import('./commands/rank.ts'),
  retention: () => import('./commands/retention.ts'),
  authority: () => import('./commands/authority.ts'),
  edition: () => import('./commands/edition.ts'),
  round: () => import('./commands/round.ts'),
  recompute: () => import('./commands/recompute.ts'),
  rebuild: () => import('./commands/rebuild.ts'),
  read: () => import('./commands/read.ts'),
  notices: () => import('./commands/notices.ts'),
  knowledge: () => import('./commands/knowledge.ts'),
  topics: () => import('./commands/topics.ts'),
  upstream: () => import('./commands/upstream.ts'),
  check: () => import('./commands/check.ts'),
  spool: () => import('./commands/spool.ts'),
  verify: () => import('./commands/verify.ts'),
  witness: () => import('./commands/witness.ts'),
  draw: () => import('./commands/draw.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  rekey: () => import('./commands/rekey.ts'),
  account: () => import('./commands/account.ts'),
  key: () => import('./commands/key.ts'),
  token: () => import('./commands/token.ts'),
};

/** Runs one command line; how it ends goes to `io.end`. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<void> {
  try {
    const program = await programOf(argv, io);
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // Commander has said its part already.
    if (error instanceof CommanderError) {
      io.end(error.exitCode === 0 ? 0 : 2);
      return;
    }
    io.err(sayError(error, io, { debug: argv.includes('--debug') }));
    if (argv.includes('--json')) io.out(JSON.stringify({ error: asJson(error) }));
    io.end(exitCodeOf(error));
  }
}

async function programOf(argv: readonly string[], io: Io): Promise<Commander> {
  const program = new Program('gezhi')
    .description(
      say(
        io,
        '格治：基层治理平台。',
        'Gezhi 格治: the platform that a town runs its grassroots governance on.',
      ),
    )
    .helpCommand(false)
    .addOption(
      new Option('--lang <zh|en>', say(io, '语言（默认看 LANG）', 'language (default: by LANG)')).choices([
        'zh',
        'en',
      ]),
    )
    .exitOverride()
    .showHelpAfterError(
      say(io, '加 --help 可看用法和示例。', 'Add --help to see how it is written, with examples.'),
    )
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    })
    .addHelpText(
      'after',
      say(
        io,
        '\n示例：\n  gezhi serve --demo        打开一个虚构的市\n  gezhi import --help       每条命令都有示例\n\n退出码：0 完成，1 故障，2 用法错误，3 被拒绝或有发现',
        '\nExamples:\n  gezhi serve --demo        opens a made-up town\n  gezhi import --help       every command has examples\n\nExit codes: 0 done, 1 fault, 2 wrong usage, 3 refused or something found',
      ),
    );
  if (io.lang === 'zh') helpInChinese(program);
  const called = argv.find((word) => !word.startsWith('-'));
  const files = called && COMMANDS[called] ? [COMMANDS[called]] : Object.values(COMMANDS);
  for (const load of files) await (await load()).register(program, io);
  return program;
}

function asJson(error: unknown): { code: string; message: string } {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : 'fault', message: String(message ?? error) };
}
