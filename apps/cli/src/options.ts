import { type Command, Option } from 'commander';
import { type Io, say } from './io.ts';

/** What every command takes. */
export type CommonOptions = {
  readonly data?: string;
  readonly keys?: string;
  readonly suite?: string;
  readonly json?: boolean;
  readonly lang?: string;
  readonly debug?: boolean;
};

/** Adds the options of every command and its examples. */
export function common(command: Command, io: Io, examples: readonly string[], data = true): Command {
  if (data) {
    command.option(
      '--data <dir>',
      say(
        io,
        '数据目录（默认 GEZHI_DATA 或 .gezhi；设了 DATABASE_URL 则用那台服务器）',
        'data folder (default: GEZHI_DATA, or .gezhi; with DATABASE_URL that server)',
      ),
    );
    command.option(
      '--keys <dir>',
      say(
        io,
        '主密钥目录（默认 GEZHI_KEYS 或数据目录中的 keys）',
        'folder of the master keys (default: GEZHI_KEYS, or keys in the data folder)',
      ),
    );
  }
  if (data) {
    command.option(
      '--suite <aes|sm>',
      say(
        io,
        '密码套件（默认 GEZHI_SUITE 或 aes；sm 为国密）',
        'how the vault seals and new ledgers sign (default: GEZHI_SUITE, or aes; sm: the national algorithms)',
      ),
    );
  }
  command
    .option('--json', say(io, '以 JSON 作答', 'answer in JSON'))
    .option('--lang <zh|en>', say(io, '语言（默认看 LANG）', 'language (default: by LANG)'))
    .option('--debug', say(io, '出错时显示详情', 'show where an error comes from'));
  return withExamples(command, io, examples);
}

/** Which district is meant. */
export function districtOption(io: Io): Option {
  return new Option(
    '--district <code>',
    say(io, '区（仅有一个时可不写）', 'district (may be left out where there is one)'),
  );
}

/** Adds examples under the help of a command. */
export function withExamples(command: Command, io: Io, examples: readonly string[]): Command {
  return command.addHelpText(
    'after',
    `\n${say(io, '示例：', 'Examples:')}\n${examples.map((line) => `  ${line}`).join('\n')}`,
  );
}
