import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY } from '@gezhi/basis';
import { tokenOf } from '@gezhi/server';
import { type Installation, importTown, openInstallation, readTownFolder } from '@gezhi/town';

/** A made-up town of one street with two communities: small, so that a service opens it at once. */
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
`,
  'posts.csv': `code,unit,kind,name,place,deputyOf
seat,HL,seat,话务,,
head,HL,head,主任,,
check,CK,checker,核查,,
desk,U1,desk,街道专员,S1,
`,
  'staff.csv': `person,name,post,from,to,shift
1001,示例甲,seat,,,
1002,示例乙,desk,,,
`,
  'duties.csv': `unit,post,kind,layer,place,role,basis,from,to,knownFrom
U1,desk,*,division,*,lead,示例职责清单,,,2020-01-01
`,
};

/** The town is known from a while ago, so that reports of last week find who was responsible. */
const KNOWN_FOR = 30 * DAY;

export const DISTRICT = '990009';
export const COMMUNITIES = ['东溪社区', '西溪社区'] as const;
export type Post = 'seat' | 'head' | 'check' | 'desk';

/** The bearer tokens of the town's posts. */
export type Tokens = Readonly<Record<Post, string>>;

/** A data folder, or a database with the folder of its keys. */
export type Where = { readonly dataDir: string } | { readonly url: string; readonly keysDir: string };

/** Imports the town into a data folder or a database, and answers who may sign there. */
export async function makeSmallTown(where: Where): Promise<Tokens> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-small-town-'));
  try {
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    const files = await readTownFolder(folder);
    return await withInstallation(where, async (installation) => {
      const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
      const { imported, problems } = await importTown(installation.db, files, kinds, {
        now: Date.now() - KNOWN_FOR,
      });
      if (!imported) throw new Error(JSON.stringify(problems));
      const token = (post: Post): string => tokenOf(installation.secret, { post });
      return { seat: token('seat'), head: token('head'), check: token('check'), desk: token('desk') };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens an installation beside its service, as a command would, and leaves it again. */
export async function withInstallation<T>(
  where: Where,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation({ ...where, as: 'guest', connectionsMax: 4 });
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}
