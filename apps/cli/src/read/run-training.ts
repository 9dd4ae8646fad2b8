import { type Io, say } from '../io.ts';
import { progress } from '../progress.ts';

/** Runs a training to its end and lets whoever watches see that it goes on. */
export function runTraining<T>(io: Io, training: Generator<undefined, T>): T {
  const bar = progress(io, say(io, '学习，步', 'learning, steps'));
  try {
    for (let steps = 1; ; steps += 1) {
      const step = training.next();
      if (step.done) return step.value;
      if (steps % 16 === 0) bar.at(steps);
    }
  } finally {
    bar.end();
  }
}
