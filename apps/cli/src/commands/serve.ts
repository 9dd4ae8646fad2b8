import {
  DEMO,
  LISTENERS,
  type Listener,
  type Log,
  makeLog,
  readEnvironment,
  type Service,
  settingsOf,
  startService,
} from '@gezhi/service';
import type { Command } from 'commander';
import { type Io, say } from '../io.ts';
import { type CommonOptions, common } from '../options.ts';
import { usage } from '../say-error.ts';
import { wholeDays } from '../whole-days.ts';

type Options = CommonOptions & {
  readonly port?: string;
  readonly host?: string;
  readonly demo?: boolean;
  readonly live?: boolean;
  readonly days?: string;
  readonly noticesUrl?: string;
  readonly noticesSecretFile?: string;
  readonly only?: readonly string[];
  readonly outside?: boolean;
};

export function register(program: Command, io: Io): void {
  const command = program
    .command('serve')
    .description(say(io, '启动服务', 'start the service'))
    .option('--port <n>', say(io, '端口（默认 PORT 或 8080）', 'port (default: PORT, or 8080)'))
    .option(
      '--host <name>',
      say(
        io,
        '地址（默认 HOST 或 localhost，只有本机可达）',
        'address (default: HOST, or localhost: this machine only)',
      ),
    )
    .option('--demo', say(io, '尚无任何区时，造一个虚构的市', 'make a made-up town where there is none yet'))
    .option(
      '--no-live',
      say(io, '虚构的市不再有新诉求', 'the made-up town stands still: no new reports come'),
    )
    .option(
      '--days <n>',
      say(io, '虚构的市有多少天的历史', `days of history of the made-up town (default: ${DEMO.days})`),
    )
    .option(
      '--notices-url <url>',
      say(
        io,
        '通知网关地址（默认 NOTICES_URL；不设则不外发）',
        'gateway of notices (default: NOTICES_URL; none: nothing is sent)',
      ),
    )
    .option(
      '--notices-secret-file <file>',
      say(io, '通知签名密钥所在文件', 'file with the secret that signs notices'),
    )
    .option(
      '--only <what...>',
      say(
        io,
        `只开放其中几样：${LISTENERS.join('、')}（公网一个进程，内网另一个）`,
        `serve the routes of these only: ${LISTENERS.join(', ')}; one process for each network`,
      ),
    )
    .option(
      '--outside',
      say(
        io,
        '在公网上：收到的先存在 spool 目录中，再带进内网（gezhi spool）',
        'on the public network: what is taken waits in the folder spool and is carried in (gezhi spool)',
      ),
    )
    .action((options: Options) => serveCommand(io, options));
  common(command, io, [
    'gezhi serve --demo',
    'gezhi serve --data /srv/gezhi --port 80 --host 0.0.0.0',
    'gezhi serve --only portal --outside --data /srv/outside --host 0.0.0.0',
  ]);
}

async function serveCommand(io: Io, options: Options): Promise<void> {
  const { port, host, data, keys, suite, noticesUrl, noticesSecretFile } = options;
  const settings = settingsOf(readEnvironment(io.env), {
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(data === undefined ? {} : { data }),
    ...(keys === undefined ? {} : { keys }),
    ...(suite === undefined ? {} : { suite }),
    ...(noticesUrl === undefined ? {} : { noticesUrl }),
    ...(noticesSecretFile === undefined ? {} : { noticesSecretFile }),
  });
  const log = makeLog(settings.logLevel, io.err, io.now);
  const demo = options.demo
    ? {
        demo: {
          live: options.live !== false,
          ...(options.days === undefined ? {} : { days: wholeDays(options.days) }),
        },
      }
    : {};
  const only = options.only && listenersOf(options.only);
  const service = await startService({
    ...settings,
    ...demo,
    ...(only ? { only } : {}),
    ...(options.outside ? { isOutside: true } : {}),
    log,
    now: io.now,
  });
  const stopped = stopOnSignals(service, log);
  if (options.json) io.out(JSON.stringify({ url: service.url }));
  else io.out(say(io, `格治：${service.url}（Ctrl-C 停止）`, `Gezhi is at ${service.url} (Ctrl-C stops it)`));
  await service.ready;
  await stopped;
}

/** `--only portal,field` and `--only portal --only field` say the same. */
function listenersOf(words: readonly string[]): readonly Listener[] {
  return words
    .flatMap((word) => word.split(','))
    .map((word) => {
      const found = LISTENERS.find((one) => one === word.trim());
      if (found) return found;
      throw usage(`"${word}" is served by nobody.`, `Write some of: ${LISTENERS.join(', ')}.`);
    });
}

/**
 * A Ctrl-C in a terminal comes twice, from the terminal and through the launcher before us; only one that comes later than this is a
 * second wish.
 */
const SAME_WISH_MS = 1_000;

/** The first signal stops in order, a second one at once; resolves when the service has stopped. */
function stopOnSignals(service: Service, log: Log): Promise<void> {
  return new Promise((resolve, reject) => {
    let first: number | undefined;
    const onSignal = (name: NodeJS.Signals): void => {
      if (first === undefined) {
        first = performance.now();
        log.info(`${name}: stopping. Once more stops at once.`);
        service.stop().then(resolve, reject);
      } else if (performance.now() - first > SAME_WISH_MS) {
        log.warn(`${name} again: stopping at once. What was acknowledged is on disk.`);
        process.exit(1);
      }
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  });
}
