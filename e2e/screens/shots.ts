import type { ConsoleGround } from '../kit/console-ground.ts';

/** A picture that is taken: of which screen, by whom, in which language and size. */
export type Shot = {
  readonly app: string;
  readonly name: string;
  readonly path: string;
  readonly lang: 'zh' | 'en';
  readonly width: number;
  readonly height: number;
  readonly post?: string;
};

const PHONE = { width: 360, height: 740 } as const;
const DESK = { width: 1440, height: 900 } as const;
const WALL = { width: 3840, height: 2160 } as const;
/** Of every so many, one in English too. */
const ENGLISH_EVERY = 3;

type Rows = { readonly rows: readonly { readonly caseId: string }[] };
type Now = { readonly below: readonly { readonly code: string }[] };

/** Every screen of the three apps, and the main plain pages. */
export async function shotsOf(ground: ConsoleGround): Promise<readonly Shot[]> {
  const dispatcher = ground.post('dispatcher');
  const { rows } = await ground.ask<Rows>(dispatcher, '/api/queues/open?limit=1');
  const id = rows[0]?.caseId ?? '';
  let place = '';
  for (let level = 0; level < 3; level += 1) {
    const { below } = await ground.ask<Now>(dispatcher, place ? `/api/now?place=${place}` : '/api/now');
    place = below[0]?.code ?? place;
  }
  const seat = ground.post('seat');
  const steward = ground.posts.find(({ kind }) => kind === 'dataSteward')?.post ?? dispatcher;
  const worker = ground.post('gridWorker');
  const console = (path: string, post = dispatcher, size: typeof DESK | typeof WALL = DESK): Draft => ({
    ...size,
    app: 'Console',
    path: `/console${path}`,
    post,
  });
  const drafts: readonly Draft[] = [
    ...['/', '/near', '/who', '/mine', '/guide', '/about'].map((path) => ({
      ...PHONE,
      app: 'Portal',
      path: `/portal${path}`,
    })),
    ...['/', '/report', '/rounds', '/outbox', '/me'].map((path) => ({
      ...PHONE,
      app: 'Field',
      path: `/field${path}`,
      post: worker,
    })),
    console('/desk', seat),
    console('/queue/open'),
    console(`/cases/${id}`),
    console('/whistles'),
    console('/morning'),
    console('/now'),
    console(`/now?place=${place}`),
    console('/now', dispatcher, WALL),
    ...['street', 'unit', 'kind'].map((by) => console(`/rates?by=${by}`)),
    console('/topics'),
    ...['place', 'unit', 'duty&code=', 'kind&code=lamp.fault'].map((sort) =>
      console(`/town?sort=${sort}`, steward),
    ),
    console('/practice', seat),
    ...['slip', 'extension', 'listing', 'receipt'].map((what) => console(`/print/${what}/${id}`)),
    console(`/print/month/${place}`),
    ...[
      '/',
      '/report',
      '/my',
      '/topics',
      '/editions',
      '/algorithms',
      '/powers',
      '/knowledge',
      '/catalogue',
    ].map((path) => ({
      ...DESK,
      app: 'Plain pages',
      path,
    })),
  ];
  return drafts.flatMap((draft, i) => {
    const languages = i % ENGLISH_EVERY === 0 ? (['zh', 'en'] as const) : (['zh'] as const);
    return languages.map((lang) => ({ ...draft, lang, name: nameOf(draft, lang, id, place) }));
  });
}

type Draft = Omit<Shot, 'lang' | 'name'>;

function nameOf({ app, path, width }: Draft, lang: string, id: string, place: string): string {
  const words = path
    .replace(id, 'case')
    .replace(place, 'community')
    .replace(/^\/(portal|field|console)/, '')
    .replaceAll(/[^a-z]+/gi, '-')
    .replace(/^-|-$/g, '');
  const wall = width === WALL.width ? '-wall' : '';
  return `${app.toLowerCase().replaceAll(' ', '-')}-${words || 'home'}${wall}-${lang}`;
}
