import { mkdtemp, readFile as readBytes, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Fault, type Instant } from '@gezhi/basis';
import { type Imported, loadProfile, type Problem, readFile, sayProblem } from '@gezhi/connectors';

/** The columns of a hotline's tickets, for what comes and what goes. */
export const UPSTREAM_PROFILE = 'hotline-zh';

export type ReadOrders = {
  readonly rows: readonly Imported[];
  /** Rows that could not be read, with their number in the file and why. */
  readonly refused: readonly {
    readonly row: number;
    readonly because: Readonly<Record<'zh' | 'en', string>>;
  }[];
};

/** Reads work orders of a file: CSV, TSV, XLSX, JSON (a list of objects) or NDJSON, in UTF-8 or GB18030. @throws Fault of `readFile` */
export async function readOrders(path: string, now: Instant): Promise<ReadOrders> {
  if (extname(path).toLowerCase() === '.json') return await readOrdersIn(listIn(await readBytes(path)), now);
  const rows: Imported[] = [];
  const refused: ReadOrders['refused'][number][] = [];
  for await (const batch of readFile(path, loadProfile(UPSTREAM_PROFILE), { importedAt: now })) {
    for (const row of batch.rows) {
      if ('ok' in row) rows.push(row.ok);
      else
        refused.push({ row: row.row, because: { zh: say(row.refused, 'zh'), en: say(row.refused, 'en') } });
    }
  }
  return { rows, refused };
}

function say(problems: readonly Problem[], language: 'zh' | 'en'): string {
  return problems.map((one) => sayProblem(one, language)).join(language === 'zh' ? '；' : '; ');
}

/** @throws Fault `not-json` */
function listIn(bytes: Buffer): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
    if (Array.isArray(read)) return read;
  } catch (cause) {
    throw new Fault('not-json', 'The file is no JSON.', {
      cause,
      hint: 'Write a list of orders: [{"工单编号": "…"}].',
    });
  }
  throw new Fault('not-json', 'The file holds no list.', {
    hint: 'Write a list of orders: [{"工单编号": "…"}].',
  });
}

/** The same of what came over the wire: a file as it is, or a list in JSON, whose items are read line by line and refused by their place in it. */
export async function readOrdersIn(content: Buffer | readonly unknown[], now: Instant): Promise<ReadOrders> {
  if (Buffer.isBuffer(content)) return await readAs('orders.csv', content, now);
  const list = content.map((item, i) => ({ item, row: i + 1 }));
  const orders = list.filter(({ item }) => isOrder(item));
  const strange = list.filter(({ item }) => !isOrder(item)).map(({ row }) => ({ row, because: NO_ORDER }));
  if (orders.length === 0) return { rows: [], refused: strange };
  const lines = orders.map(({ item }) => `${JSON.stringify(item)}\n`).join('');
  const { rows, refused } = await readAs('orders.ndjson', lines, now);
  const placed = refused.map(({ row, because }) => ({ row: orders[row - 1]?.row ?? row, because }));
  return { rows, refused: [...strange, ...placed].sort((a, b) => a.row - b.row) };
}

const NO_ORDER = { zh: '这一项不是工单：没有任何栏目。', en: 'This item is no order: it names no column.' };

function isOrder(item: unknown): boolean {
  return typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 0;
}

async function readAs(name: string, content: Buffer | string, now: Instant): Promise<ReadOrders> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-orders-'));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    return await readOrders(path, now);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether a folder's file is one to take in, by its name. */
export function isOrdersFile(name: string): boolean {
  return (
    !name.startsWith('.') &&
    ['.csv', '.tsv', '.xlsx', '.ndjson', '.json'].includes(extname(name).toLowerCase())
  );
}
