import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { usage } from '../say-error.ts';

export function textOption(command: Command, io: Io): Command {
  return command.requiredOption(
    '--text <columns>',
    say(
      io,
      '文字所在列，逗号分隔；文件没有的略过',
      'columns of the text, by commas; those a file lacks are passed over',
    ),
  );
}

export function seedOption(command: Command, io: Io): Command {
  return command.option('--seed <n>', say(io, '随机种子', 'seed: the same seed, the same answer'), '1');
}

export function seedOf(word: string): number {
  if (/^\d{1,9}$/.test(word)) return Number(word);
  throw usage(`"${word}" is no seed.`, 'Write a whole number, as --seed 1.');
}

/** Where a file of messages has its words, its title and its time. */
export function columnOptions(command: Command, io: Io): Command {
  return command
    .option('--text <column>', say(io, '正文所在列', 'column of the words'))
    .option('--title <column>', say(io, '标题所在列', 'column of the title'))
    .option(
      '--time <column>',
      say(io, '时间所在列（无时区者按北京时间）', 'column of the time (Beijing time where it has no zone)'),
    );
}
