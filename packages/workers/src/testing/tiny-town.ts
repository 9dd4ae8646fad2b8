import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { type CaseId, isRefusal } from '@gezhi/basis';
import { testDatabase } from '@gezhi/storage/testing';
import {
  act,
  type Incoming,
  type Installation,
  importTown,
  type Order,
  openInstallation,
  type Receipt,
  readTownFolder,
  type Town,
  takeIn,
  townOf,
} from '@gezhi/town';

/** A made-up town of one street with two communities, small enough for a test of its own. */
const FILES: Readonly<Record<string, string>> = {
  'town.yaml': `district: '990009'
name: {zh: 小石镇, en: Xiaoshi}
zone: Asia/Shanghai
calendar: cn
desk: 190
codes: free
datum: WGS-84
layers:
  - {code: division, tiling: true, name: {zh: 行政区划, en: Divisions}}
`,
  'places.csv': `layer,level,code,name,parent,names,lon,lat,from,to
division,street,S1,石桥街道,,,,,,
division,community,C1,东溪社区,S1,,,,,
division,community,C2,西溪社区,S1,,,,,
`,
  'units.csv': `code,name,kind,level,parent,place,phone,servicePhone
HL,市民热线中心,hotline,city,,,,
CK,核查中心,centre,city,,,,
U1,石桥街道办事处,street,street,,S1,,
U2,水务公司,utility,city,,,,
`,
  'posts.csv': `code,unit,kind,name,place,deputyOf
seat,HL,seat,话务,,
head,HL,head,主任,,
check,CK,checker,核查,,
desk1,U1,desk,街道专员,S1,
desk2,U2,desk,水务专员,,
`,
  'staff.csv': `person,name,post,from,to,shift
1001,甲,seat,,,
1002,乙,desk1,,,
`,
  'duties.csv': `unit,post,kind,layer,place,role,basis,from,to,knownFrom
U1,desk1,*,division,*,lead,示例职责清单,,,2020-01-01
`,
};

/** A town that runs on a database of its own; both are gone when the test ends. `more` is added to its files. */
export async function tinyTown(
  t: TestContext,
  more: Readonly<Record<string, string>> = {},
): Promise<{ installation: Installation; town: Town; url: string; keysDir: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-tiny-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text + (more[name] ?? ''));
  }
  const db = await testDatabase(t);
  const { host, port, user, database } = db.admin;
  const url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`;
  const installation = await openInstallation({ url, keysDir: join(folder, 'keys'), connectionsMax: 8 });
  t.after(() => installation.close());
  const result = await importTown(db, await readTownFolder(folder), ['lamp.fault'], { now: Date.now() });
  if (!result.imported) throw new Error(JSON.stringify(result.problems));
  await installation.reload();
  return { installation, town: townOf(installation), url, keysDir: join(folder, 'keys') };
}

const TREES = ['银杏', '梧桐', '桂花', '香樟', '玉兰'];

/** A signal about a lamp in the first community, unless told otherwise. */
export function lampSignal(id: string, other: Partial<Incoming> = {}): Incoming {
  return {
    source: 'test',
    id,
    type: 'said',
    occurredAt: Date.now() - 60_000,
    channel: 'phone',
    words: `石桥路边${TREES[Number(id) % TREES.length]}树旁路灯不亮，编号 ${id}`,
    kind: 'lamp.fault',
    statedPlaces: { division: 'C1' },
    ...other,
  };
}

/** Takes signals in and answers their receipts; a refusal fails the test. */
export async function takeInAll(
  town: Town,
  signals: readonly Incoming[],
  now = Date.now(),
): Promise<Receipt[]> {
  return (await takeIn(town, signals, now)).map((receipt) => {
    if (isRefusal(receipt)) throw new Error(JSON.stringify(receipt));
    return receipt;
  });
}

let commands = 0;

/** Sends one command; answers whether it was carried out. */
export async function send(
  town: Town,
  caseId: CaseId,
  action: string,
  post: string,
  input: Order['input'] = {},
  now = Date.now(),
): Promise<boolean> {
  commands += 1;
  const order: Order = { commandId: `command-${commands}`, caseId, action, by: { post }, input };
  return !isRefusal(await act(town, order, now));
}
