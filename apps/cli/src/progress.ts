import cliProgress from 'cli-progress';
import type { Io } from './io.ts';

/** Shows how far long work has come, to whoever watches; silent in scripts. */
export type Progress = {
  /** @param total where it is known, else a count is shown instead of a bar */
  at(done: number, total?: number): void;
  end(): void;
};

export function progress(io: Pick<Io, 'isWatched'>, what: string): Progress {
  if (!io.isWatched) return SILENT;
  let bar: cliProgress.SingleBar | undefined;
  const began = performance.now();
  const draw = (): cliProgress.SingleBar =>
    new cliProgress.SingleBar({
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
      format: (options, { value, progress: share }, payload: { total?: number }) => {
        const perSecond = Math.round(value / Math.max(0.001, (performance.now() - began) / 1000));
        const done = value.toLocaleString('en-US');
        if (payload.total === undefined) return `${what}  ${done}  (${perSecond.toLocaleString('en-US')}/s)`;
        return `${what}  ${cliProgress.Format.BarFormat(share, options)}  ${done} / ${payload.total.toLocaleString('en-US')}`;
      },
    });
  return {
    at: (done, total) => {
      if (!bar) {
        bar = draw();
        bar.start(total ?? 1, done, { total });
      }
      if (total !== undefined) bar.setTotal(total);
      bar.update(done, { total });
    },
    end: () => bar?.stop(),
  };
}

const SILENT: Progress = { at: () => undefined, end: () => undefined };
