import { parseArgs } from 'node:util';
import { type Finding, fuzz } from './fuzz.ts';
import { hostileWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 1_000_000) },
    only: { type: 'string' },
  },
});

const ends: (() => unknown)[] = [];
const [seed, requests] = [Number(values.seed), Number(values.requests)];
console.log(
  `seed ${seed} (again: npm run fuzz -- --requests ${requests} --seed ${seed}; one of them: --only N)`,
);
try {
  const world = await hostileWorld({ after: (end) => void ends.push(end) });
  const progress = (done: number): void => {
    if (done % 1000 === 0) console.log(`${done} sent`);
  };
  const report = await fuzz(world, {
    seed,
    requests,
    progress,
    ...(values.only ? { only: Number(values.only) } : {}),
  });
  for (const finding of report.findings.slice(0, 50)) console.log(say(finding));
  for (const fault of [...new Set(report.faults)].slice(0, 20)) console.log(`fault: ${fault}`);
  console.log(
    `${report.requests} requests over ${report.routes} routes; answers by status ${JSON.stringify(report.statuses)}`,
  );
  console.log(`${report.findings.length} findings, ${report.faults.length} faults`);
  process.exitCode = report.findings.length + report.faults.length === 0 ? 0 : 1;
} finally {
  for (const end of ends.reverse()) await end();
}

function say({ n, asked, found, seen }: Finding): string {
  const { method, path, caller, body } = asked;
  const sent = body ? `\n    sent ${body.toString('utf8').slice(0, 300)}` : '';
  return `#${n} ${method} ${path.slice(0, 200)} as ${caller.name} → ${seen.status}: ${found.join('; ')}${sent}`;
}
