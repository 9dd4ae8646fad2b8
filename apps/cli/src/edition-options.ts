import { isRefusal, type Refusal } from '@gezhi/basis';
import type { Town } from '@gezhi/town';
import type { Command } from 'commander';
import { type Io, say } from './io.ts';
import { type CommonOptions, common, districtOption } from './options.ts';
import { usage } from './say-error.ts';

export type EditionOptions = CommonOptions & {
  readonly district?: string;
  readonly post?: string;
  readonly person?: string;
};

/** The options of every subcommand; `acts` need a post that holds the power. */
export function editionOptions(
  command: Command,
  io: Io,
  acts: boolean,
  examples: readonly string[],
): Command {
  command.addOption(districtOption(io));
  const post = say(io, '以哪个岗位', 'the post that acts');
  if (acts) command.requiredOption('--post <code>', post);
  else command.option('--post <code>', post);
  command.option('--person <number>', say(io, '工号', 'staff number of who sits on it'));
  return common(command, io, examples);
}

export function actorOf({ post = '', person }: EditionOptions): { post: string; person?: string } {
  return person === undefined ? { post } : { post, person };
}

/** Says what came of an order; a refusal ends with 3. */
export function sayOutcome<T>(
  io: Io,
  json: boolean | undefined,
  done: T | Refusal,
  told: (done: T) => string,
): void {
  if (isRefusal(done)) {
    io.end(3);
    const words = (done.details?.words as { zh: string; en: string } | undefined)?.[io.lang];
    io.err(`${say(io, '被拒绝', 'refused')} (${done.code}): ${words ?? done.because}`);
    if (json) io.out(JSON.stringify(done));
  } else io.out(json ? JSON.stringify(done) : told(done));
}

/** A post that is there, and a person that sits on it: two words of one pair of hands are not two persons. */
export function requireSeat(town: Town, { post = '', person }: EditionOptions): void {
  if (!town.posts.has(post)) throw usage(`There is no post "${post}".`, 'See staff.csv of the town.');
  if (person === undefined || town.staff.some((seat) => seat.post === post && seat.person === person)) return;
  throw usage(`${person} does not sit on "${post}".`, 'See staff.csv of the town.');
}
