import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Fault } from '@gezhi/basis';
import type { Demo, DemoOptions } from './make-demo.ts';
import type { Settings } from './settings.ts';

/** What the process that makes the demo is told, and what it tells. */
export type DemoOrder = Omit<DemoOptions, 'progress'> & { readonly database: Settings['database'] };
export type DemoNews = { readonly share: number } | { readonly made: Demo };

/**
 * Makes the demo in a process of its own, beside a service that has the database open: the service answers meanwhile, and the memory that
 * two years of history take goes with the process. Answers when the town is there; roll-ups and search are brought up to date after that, by
 * the same process, before it ends.
 *
 * @throws Fault `demo-failed` where the process ends before it is done; what it says of why is on standard error
 */
export async function makeDemoApart(
  order: DemoOrder,
  options: { readonly progress: (share: number) => void; readonly isStopping: () => boolean },
): Promise<Demo> {
  const script = fileURLToPath(new URL('./make-demo-process.ts', import.meta.url));
  const child = fork(script, [JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return await new Promise((resolve, reject) => {
    child.on('message', (news: DemoNews) => {
      if ('made' in news) {
        child.unref();
        child.disconnect();
        resolve(news.made);
      } else if (options.isStopping()) child.kill('SIGTERM');
      else options.progress(news.share);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      reject(
        new Fault(
          'demo-failed',
          `The made-up town was not finished: its process ended with ${signal ?? code}.`,
          {
            hint: 'Remove the data folder and start again.',
          },
        ),
      );
    });
  });
}
