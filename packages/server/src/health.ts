import { countKnowledge, countNotices, isDatabaseAway } from '@gezhi/storage';
import { KNOWLEDGE_REVIEW_MS } from '@gezhi/town';
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AppContext } from './app-context.ts';

/** `/healthz` says that the process runs, `/readyz` that the database answers too, `/metrics` what Prometheus collects. */
export function mountHealth(server: FastifyInstance, app: AppContext): void {
  const register = new Registry();
  const stop = watch(register, app);
  const seconds = new Histogram({
    name: 'gezhi_http_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers: [register],
  });
  const answered = new Counter({
    name: 'gezhi_http_answers_total',
    help: 'Answers, by status',
    labelNames: ['status'],
    registers: [register],
  });
  server.addHook('onResponse', async (request, reply) => {
    const status = String(reply.statusCode);
    answered.inc({ status });
    const route = request.routeOptions.url ?? 'none';
    seconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
  });
  server.addHook('onClose', async () => stop());
  server.get('/healthz', async () => ({ status: 'up' }));
  server.get('/readyz', async (_, reply) => {
    const isReady = await answers(app);
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'database-away' });
  });
  server.get('/metrics', async (_, reply) =>
    reply.header('content-type', register.contentType).send(await register.metrics()),
  );
}

const READY_WAIT_MS = 2_000;

async function answers({ installation }: AppContext): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, READY_WAIT_MS, false);
  });
  const asked = installation.db.pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  const isReady = await Promise.race([asked, late]);
  clearTimeout(timer);
  return isReady;
}

/** What of the notices is not settled well, by district; nothing where the database is away. */
function watchNotices(register: Registry, { installation, onFault, now }: AppContext): void {
  const labels = { labelNames: ['district', 'state'], registers: [register] };
  const waits = new Gauge({
    name: 'gezhi_notices_waiting_seconds',
    help: 'Age of the oldest notice that waits, was refused, failed or had no way',
    ...labels,
  });
  new Gauge({
    name: 'gezhi_notices',
    help: 'Notices that wait, were refused, failed or had no way',
    ...labels,
    async collect() {
      this.reset();
      waits.reset();
      for (const district of installation.towns.keys()) {
        const counted = await countNotices(installation.db.pool, district).catch((error: unknown) => {
          if (!isDatabaseAway(error)) onFault(error, 'counting notices');
          return [];
        });
        for (const { state, count, since } of counted) {
          this.set({ district, state }, count);
          waits.set({ district, state }, Math.max(0, (now() - since) / 1000));
        }
      }
    },
  });
}

/** What of the knowledge base waits for its owners, by district. */
function watchKnowledge(register: Registry, { installation, onFault, now }: AppContext): void {
  new Gauge({
    name: 'gezhi_knowledge',
    help: 'Items that are proposed, to be reviewed within the month, or past their end',
    labelNames: ['district', 'state'],
    registers: [register],
    async collect() {
      this.reset();
      for (const district of installation.towns.keys()) {
        const times = { now: now(), dueBy: now() + KNOWLEDGE_REVIEW_MS };
        const counted = await countKnowledge(installation.db.pool, district, times).catch(
          (error: unknown) => {
            if (!isDatabaseAway(error)) onFault(error, 'counting knowledge');
            return {};
          },
        );
        for (const [state, count] of Object.entries(counted)) this.set({ district, state }, count);
      }
    },
  });
}

function watch(register: Registry, app: AppContext): () => void {
  collectDefaultMetrics({ register });
  const { pool } = app.installation.db;
  const gauges: readonly (readonly [name: string, help: string, read: () => number])[] = [
    ['gezhi_intake_waiting', 'Signals that wait to be taken in', () => app.intake.waiting()],
    ['gezhi_database_connections', 'Open connections', () => pool.totalCount],
    ['gezhi_database_connections_idle', 'Open connections that rest', () => pool.idleCount],
    ['gezhi_database_waiting', 'Work that waits for a connection', () => pool.waitingCount],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers: [register],
      collect() {
        this.set(read());
      },
    });
  }
  watchNotices(register, app);
  watchKnowledge(register, app);
  return () => register.clear();
}
