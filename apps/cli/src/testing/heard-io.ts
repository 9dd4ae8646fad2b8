import type { ExitCode, Io, Lang } from '../io.ts';

/** An Io that remembers what was written. */
export type HeardIo = Io & { readonly outs: string[]; readonly errs: string[]; readonly codes: ExitCode[] };

export function heardIo(lang: Lang = 'en', env: Io['env'] = {}): HeardIo {
  const outs: string[] = [];
  const errs: string[] = [];
  const codes: ExitCode[] = [];
  return {
    outs,
    errs,
    codes,
    out: (line) => outs.push(line),
    err: (line) => errs.push(line),
    write: async (text) => void outs.push(text),
    end: (code) => codes.push(code),
    env,
    now: () => Date.UTC(2026, 5, 20, 4),
    lang,
    isWatched: false,
  };
}
