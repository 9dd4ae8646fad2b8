import type { Instant } from '@gezhi/basis';

export type Lang = 'zh' | 'en';

/** What a command may touch of the outside: two streams, the environment, the clock. Tests bring their own. */
export type Io = {
  /** Writes a line of the answer. */
  out(line: string): void;
  /** Writes a line about the work: progress, warnings, errors. */
  err(line: string): void;
  /** Writes a piece of the answer as it stands, and waits until the reader takes it. */
  write(text: string): Promise<void>;
  /** Sets how the command ends; the worst that was set holds. */
  end(code: ExitCode): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Instant;
  readonly lang: Lang;
  /** Whether somebody watches `err`. */
  readonly isWatched: boolean;
};

/** 0 done, 1 a fault, 2 wrong usage, 3 refused or something was found. */
export type ExitCode = 0 | 1 | 2 | 3;

/** The sentence in the language of this run. */
export function say(io: Pick<Io, 'lang'>, zh: string, en: string): string {
  return io.lang === 'zh' ? zh : en;
}

/**
 * The language of a run: `--lang` where it is given, else what the environment says (`LC_ALL`, `LC_MESSAGES`, `LANG`), else English.
 */
export function langOf(argv: readonly string[], env: Io['env']): Lang {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word =
    at < 0 ? undefined : argv[at]?.includes('=') ? argv[at]?.slice('--lang='.length) : argv[at + 1];
  const wanted = word ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG || '');
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
