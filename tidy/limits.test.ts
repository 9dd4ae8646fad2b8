import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openApi } from '@gezhi/contract';
import { makeTown } from '@gezhi/demo';
import { parse } from 'yaml';
import {
  callersLookedAt,
  controlOfWorkers,
  forbiddenColumns,
  forbiddenFields,
  personsAsRows,
} from './limits.ts';
import { type Table, tablesOf } from './schema.ts';
import {
  type Complaint,
  ROOT,
  readFiles,
  readSources,
  type Source,
  sourceOf,
  type TextFile,
} from './source.ts';
import { type Statement, statementsOf } from './sql.ts';

type Row = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly effect?: string;
  readonly power?: string | string[];
};
type Scene = {
  readonly id: string;
  readonly scene: Readonly<Record<string, unknown>>;
  readonly kinds: readonly { readonly code: string; readonly traits?: readonly string[] }[];
  readonly process: {
    readonly actions: Readonly<Record<string, { readonly act: string }>>;
    readonly automatic?: readonly { readonly action: string; readonly when: string }[];
  };
  readonly powers: readonly Row[];
  readonly notices: {
    readonly quiet?: unknown;
    readonly rules?: readonly { readonly id: string; readonly to: unknown; readonly urgent?: boolean }[];
    readonly ring?: readonly { readonly id: string; readonly ladder: readonly { readonly who: string }[] }[];
  };
  readonly purposes: readonly Readonly<Record<string, unknown>>[];
  readonly tests: readonly unknown[];
};

/** What the limits are read from. */
type House = {
  readonly files: readonly TextFile[];
  readonly sources: readonly Source[];
  readonly tables: readonly Table[];
  readonly statements: readonly Statement[];
  readonly scenes: readonly Scene[];
  readonly api: unknown;
  readonly duties: readonly { readonly unit: string; readonly kind: string; readonly role: string }[];
};

const files = readFiles();
const sources = readSources(files);
const HOUSE: House = {
  files,
  sources,
  tables: tablesOf(files.find(({ path }) => path === 'packages/storage/schema.sql')!.text),
  statements: statementsOf(sources, files),
  scenes: readdirSync(join(ROOT, 'scenes')).map(sceneIn),
  api: openApi(),
  duties: dutiesOf(makeTown(1).get('duties.csv')!),
};

function sceneIn(id: string): Scene {
  const read = <T>(file: string, otherwise: T): T => {
    const found = files.find(({ path }) => path === `scenes/${id}/${file}.yaml`);
    return found ? (parse(found.text) as T) : otherwise;
  };
  return {
    ...{ id, scene: read('scene', {}), kinds: read('kinds', []), process: read('process', { actions: {} }) },
    ...{
      powers: read('powers', []),
      notices: read('notices', {}),
      purposes: read('purposes', []),
      tests: read('tests', []),
    },
  };
}

/** The duties of units, from CSV without commas in the cells that are asked. */
function dutiesOf(csv: string): House['duties'] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const at = (name: string): number => head.split(',').indexOf(name);
  return lines.map((line) => {
    const cells = line.split(',');
    return { unit: cells[at('unit')] ?? '', kind: cells[at('kind')] ?? '', role: cells[at('role')] ?? '' };
  });
}

/** One line of the limits: what is out of order, and samples that must each be found out of order. */
type Limit = {
  readonly check: (house: House) => readonly Complaint[];
  readonly wrong: readonly ((house: House) => House)[];
};

const column = (name: string, type = 'text') => ({ name, type });
const withTable =
  (name: string, ...columns: ReturnType<typeof column>[]) =>
  (house: House): House => ({
    ...house,
    tables: [
      ...house.tables,
      {
        name,
        columns: [column('district'), ...columns],
        primaryKey: ['district', columns[0]!.name],
        unique: [],
        grants: [],
      },
    ],
  });
const withSource =
  (path: string, text: string) =>
  (house: House): House => ({ ...house, sources: [...house.sources, sourceOf(path, text)] });
const withFile =
  (path: string, text: string) =>
  (house: House): House => ({ ...house, files: [...house.files, { path, text }] });
const withScene =
  (change: (hotline: Scene) => Partial<Scene>) =>
  (house: House): House => {
    const hotline = house.scenes.find(({ id }) => id === 'hotline')!;
    return { ...house, scenes: [...house.scenes, { ...hotline, id: 'made-up', ...change(hotline) }] };
  };
const withRow = (row: Row) => withScene(({ powers }) => ({ powers: [...powers, row] }));
const powersOf = ({ power = [] }: Row): readonly string[] => (typeof power === 'string' ? [power] : power);
const perScene =
  (check: (scene: Scene) => readonly string[]) =>
  ({ scenes }: House): readonly Complaint[] =>
    scenes.flatMap((scene) => check(scene).map((said) => `scenes/${scene.id}: ${said}`));

const PERSON =
  /^(person|persons|requester|requesters|resident|caller|worker|staff|contact)(_?id|_?number)?$/i;

/** A key that makes the row of a list a person's; posts with who staffs them stay lists of posts. */
const ROW_OF_PERSON = /^(person|requester|resident|caller|worker)(_?id|_?number)?$/i;

/** What only a person decides, about somebody or with an effect on a unit. */
const PERSONS_DECIDE = [
  ...[
    'answer',
    'decline',
    'extend',
    'exclude',
    'proposeExclusion',
    'supervise',
    'takeLead',
    'arbitrate',
    'whistle.approve',
  ],
  ...['edition.publish', 'edition.freeze', 'edition.revise', 'ruling.decide', 'handle', 'check'],
];
const ACTS_OF_PERSONS = [
  'answer',
  'decline',
  'extend',
  'exclude',
  'ruleExclusion',
  'supervise',
  'takeLead',
  'rule',
  'finish',
  'check',
];

/** What an emergency must say of itself, and the powers to declare, end and review one. */
const DATED = ['level', 'area', 'basis', 'ends_at', 'purge_at', 'review_at'];
const DECLARING = ['emergency.declare', 'emergency.end', 'emergency.review'];

/** What rows may give while an emergency is in force; and columns that would mark or follow a person. */
const IN_EMERGENCY = ['see', 'emergency.reach'];
const OF_A_PERSON =
  /^(person|resident|requester|phone|lon|lat|point|location|track|health|code|mark|mac|imei)/;

const LIMITS: Readonly<Record<string, Limit>> = {
  'no-score': {
    check: ({ tables, sources: all }) => [...forbiddenColumns(tables), ...all.flatMap(forbiddenFields)],
    wrong: [
      withTable('resident', column('score', 'integer')),
      withTable('watchlist', column('person')),
      withSource('packages/contract/src/more.ts', 'export const a = { personRank: 1 };'),
    ],
  },
  'no-persons-as-rows': {
    check: ({ tables, statements, api }) => [
      ...personsAsRows(tables),
      ...statements.flatMap(({ where, text }) => {
        const by = /\b(?:GROUP|ORDER) BY ([^;)]*)/gi;
        const named = [...text.matchAll(by)].flatMap(([, list = '']) =>
          list.split(/[,\s]+/).map((one) => one.replace(/^\w+\./, '')),
        );
        return named.some((one) => /^(person|caller|resident|worker|requester)$/.test(one)) &&
          !BY_PERSON[where.split(':')[0]!]
          ? [`${where} groups or orders by person.`]
          : [];
      }),
      ...listsOfPersons(api, 'api'),
    ],
    wrong: [
      withTable('rollup_staff', column('person')),
      (house) => ({
        ...house,
        statements: [
          ...house.statements,
          {
            where: 'a.ts:1',
            text: 'SELECT by_person AS person, count(*) FROM fact GROUP BY person ORDER BY 2',
          },
        ],
      }),
      (house) => ({
        ...house,
        api: [{ type: 'array', items: { type: 'object', properties: { person: {}, closed: {} } } }],
      }),
    ],
  },
  'callers-are-left-in-peace': {
    check: ({ sources: all, tables }) => [
      ...all.flatMap(callersLookedAt),
      ...tables
        .filter(({ name }) => /^(caller|call_history|block)/.test(name))
        .map(({ name }) => `table ${name}`),
    ],
    wrong: [
      withSource('packages/server/src/a.ts', 'export const a = (request) => request.ip;'),
      withTable('caller_note', column('phone_key')),
    ],
  },
  'the-concerned-stay-out': {
    check: perScene(({ powers }) => {
      const whole = powers.some(
        (row) =>
          row.effect === 'forbid' &&
          row.relation === 'concerned' &&
          powersOf(row).includes('*') &&
          !['postKinds', 'unitKinds', 'unitLevels', 'roles', 'kinds', 'during'].some(
            (key) => row[key] !== undefined,
          ),
      );
      return whole
        ? []
        : ['no row keeps a unit that a matter is about, and those below it, from every power over it.'];
    }),
    wrong: [
      withScene(({ powers }) => ({ powers: powers.filter(({ relation }) => relation !== 'concerned') })),
      withScene(({ powers }) => ({
        powers: powers.map((row) => (row.relation === 'concerned' ? { ...row, postKinds: ['desk'] } : row)),
      })),
      withScene(({ powers }) => ({
        powers: powers.map((row) => (row.relation === 'concerned' ? { ...row, during: ['emergency'] } : row)),
      })),
    ],
  },
  'nothing-sanctions-by-itself': {
    check: (house) => [
      ...perScene(({ powers }) => [
        ...powers.flatMap((row) => {
          const roles = (row.roles ?? []) as readonly string[];
          const bad =
            row.effect === 'permit' && roles.includes('system')
              ? powersOf(row).filter((one) => one === '*' || PERSONS_DECIDE.includes(one))
              : [];
          return bad.map((one) => `row ${row.id} lets the system ${one} by itself.`);
        }),
        ...powers
          .filter(
            (row) =>
              row.effect === 'permit' &&
              /^edition\.(publish|revise)$/.test(powersOf(row).join()) &&
              !row.unitLevels,
          )
          .map(({ id }) => `row ${id} lets every level publish what binds those below.`),
      ])(house),
      ...house.files
        .filter(({ path }) => /^scenes\//.test(path))
        .flatMap(({ path, text }) =>
          /一票否决|罚款|扣发|免职|\bveto(es)?\b/i.test(text) ? [`${path} names a sanction.`] : [],
        ),
    ],
    wrong: [
      withRow({ id: 'x', effect: 'permit', power: ['exclude'], roles: ['system'] }),
      withRow({ id: 'x', effect: 'permit', power: ['edition.publish'] }),
      withFile('scenes/x/process.yaml', 'label: {zh: 末位单位一票否决}'),
    ],
  },
  'off-duty-is-off-duty': {
    check: perScene(({ notices: { rules = [], ring = [], quiet } }) => [
      ...(rules.length > 0 && quiet === undefined ? ['messages have no quiet hours.'] : []),
      ...rules.flatMap(({ id, to, urgent }) =>
        urgent &&
        typeof to === 'object' &&
        ((to as { post?: string } | null)?.post ?? 'dutyPost') !== 'dutyPost'
          ? [`rule ${id} wakes a post that is no duty post.`]
          : [],
      ),
      ...ring.flatMap(({ id, ladder }) =>
        ladder
          .filter(({ who }) => !['dutyPost', 'deputy', 'unitAbove'].includes(who))
          .map(({ who }) => `ring ${id} calls ${who}.`),
      ),
    ]),
    wrong: [
      withScene(({ notices }) => ({ notices: { rules: notices.rules ?? [] } })),
      withScene(({ notices }) => ({
        notices: { ...notices, rules: [{ id: 'x', to: { of: 'lead', post: 'gridWorker' }, urgent: true }] },
      })),
      withScene(({ notices }) => ({
        notices: { ...notices, ring: [{ id: 'x', ladder: [{ who: 'gridWorker' }] }] },
      })),
    ],
  },
  'personal-data-lies-in-the-vault': {
    check: (house) => [
      ...house.tables.flatMap(({ name, columns }) =>
        columns
          .filter(
            ({ name: at, type }) =>
              /^(phone|mobile|telephone|e?mail|id_card|id_number|person_name|full_name|home_address)$/.test(
                at,
              ) &&
              /text|char/.test(type) &&
              !CLEAR_BY_LAW.has(`${name}.${at}`),
          )
          .map(
            ({ name: at }) =>
              `schema.sql: ${name}.${at} would hold personal data in clear; it belongs into the vault.`,
          ),
      ),
      ...perScene(({ purposes }) =>
        purposes.flatMap((purpose) =>
          ['basis', 'fields', 'keep', 'assessment']
            .filter((key) => !purpose[key])
            .map((key) => `purpose ${String(purpose.id)} has no ${key}.`),
        ),
      )(house),
      ...(house.files.some(
        ({ path, text }) => path === 'packages/storage/src/queries/looks.ts' && text.includes("kind: 'look'"),
      )
        ? []
        : ['a look is no entry of the ledger.']),
    ],
    wrong: [
      withTable('case_note', column('phone')),
      withScene(({ purposes }) => ({ purposes: purposes.map(({ basis: _, ...rest }) => rest) })),
      (house) => ({ ...house, files: house.files.filter(({ path }) => !path.endsWith('looks.ts')) }),
    ],
  },
  'care-watch-only': {
    check: (house) => [
      ...house.tables.flatMap(({ name, columns }) => {
        if (!/alarm|watch|care/.test(name) || ALARMS_OF_LOOKS[name]) return [];
        const has = new Set(columns.map((one) => one.name));
        if (![...has].some((one) => PERSON.test(one))) return [];
        return ['asked_by', 'helper', 'ends_at', 'paused_until', 'ladder']
          .filter((one) => !has.has(one))
          .map((one) => `schema.sql: ${name} is about a person and has no ${one}.`);
      }),
      ...perScene(({ kinds }) =>
        kinds
          .filter(({ code }) => /risk|keyPerson|key_person|watch(?!er)/i.test(code))
          .map(({ code }) => `kind ${code} is a suspicion about somebody.`),
      )(house),
    ],
    wrong: [
      withTable('alarm', column('person')),
      withScene(() => ({ kinds: [{ code: 'keyPerson.visit' }] })),
    ],
  },
  'a-person-decides': {
    check: perScene(({ process }) =>
      (process.automatic ?? []).flatMap(({ action, when }) => {
        const act = process.actions[action]?.act ?? '';
        if (ACTS_OF_PERSONS.includes(act))
          return [`${action} happens by itself, and is a person's to decide.`];
        return act === 'dispatch' && !/kindBecause|routeStale/.test(when) && /kind/.test(when)
          ? [`${action} dispatches by a kind that nobody confirmed.`]
          : [];
      }),
    ),
    wrong: [
      withScene(({ process }) => ({
        process: {
          actions: { ...process.actions, away: { act: 'decline' } },
          automatic: [{ action: 'away', when: 'true' }],
        },
      })),
    ],
  },
  'a-scene-has-an-owner-and-an-end': {
    check: perScene(({ scene, tests }) => [
      ...['owner', 'purpose', 'basis', 'compared', 'expires', 'assessment']
        .filter((key) => !scene[key])
        .map((key) => `scene.yaml has no ${key}.`),
      ...(tests.length === 0 ? ['there are no acceptance tests.'] : []),
    ]),
    wrong: [
      ...['owner', 'purpose', 'basis', 'compared', 'expires', 'assessment'].map((key) =>
        withScene(({ scene }) => ({ scene: { ...scene, [key]: undefined } })),
      ),
      withScene(() => ({ tests: [] })),
    ],
  },
  'a-field-names-its-source': {
    check: perScene(({ process, kinds }) => fieldsWithoutSource({ process, kinds }, 'process.yaml')),
    wrong: [
      withScene(({ process }) => ({
        process: {
          ...process,
          forms: [{ id: 'household', fields: [{ id: 'idNumber' }] }],
        } as Scene['process'],
      })),
    ],
  },
  'no-clock-in': {
    check: (house) => [...house.files.flatMap(controlOfWorkers), ...forbiddenColumns(house.tables)],
    wrong: [
      withFile('scenes/x/kinds.yaml', 'name: {zh: 上班打卡}'),
      withTable('post_day', column('online_minutes', 'integer')),
      withTable('unit_month', column('leaderboard')),
    ],
  },
  'rounds-go-to-places': {
    check: ({ tables, api }) => [
      ...tables
        .filter(({ name }) => name.startsWith('round'))
        .flatMap(({ name, columns }) =>
          columns.filter((one) => PERSON.test(one.name)).map((one) => `schema.sql: ${name}.${one.name}`),
        ),
      ...keysOf(
        (api as { components?: { schemas?: Record<string, unknown> } }).components?.schemas?.RoundPlan,
      )
        .filter((key) => PERSON.test(key))
        .map((key) => `RoundPlan.${key}`),
    ],
    wrong: [
      withTable('round_target', column('resident')),
      (house) => ({
        ...house,
        api: {
          components: {
            schemas: { RoundPlan: { properties: { stops: { items: { properties: { person: {} } } } } } },
          },
        },
      }),
    ],
  },
  'communities-lead-by-list': {
    check: ({ duties, sources: all }) => [
      ...duties
        .filter(
          ({ unit, kind, role }) =>
            unit.endsWith('-JW') && (role === 'fallback' || (role === 'lead' && /[.*]$/.test(kind))),
        )
        .map(({ unit, kind }) => `${unit} leads ${kind} without being named for it.`),
      ...['packages/town/src/act.ts', 'packages/duty/src/check-duties.ts']
        .filter(
          (path) => !all.some((one) => one.path === path && /refuseCommunity\(|isCommunity\(/.test(one.text)),
        )
        .map((path) => `${path} does not ask whether a committee may lead.`),
    ],
    wrong: [
      (house) => ({
        ...house,
        duties: [...house.duties, { unit: '990101001001-JW', kind: 'waste.', role: 'lead' }],
      }),
      (house) => ({
        ...house,
        sources: house.sources.filter(({ path }) => path !== 'packages/town/src/act.ts'),
      }),
    ],
  },
  'emergency-is-dated': {
    check: (house) => [
      ...house.tables.flatMap(({ name, columns }) => {
        if (!/^(emergency|operating_mode)$/.test(name)) return [];
        const has = new Map(columns.map((one) => [one.name, one.type]));
        return DATED.flatMap((one) => {
          const must = one === 'review_at' ? /./ : /NOT NULL/;
          return must.test(has.get(one) ?? '')
            ? []
            : [`schema.sql: ${name} has no ${one}, or one that may be left out.`];
        });
      }),
      ...perScene(({ powers }) =>
        powers.flatMap((row) => {
          const named = powersOf(row).filter((one) => one.startsWith('emergency.'));
          const byGovernment =
            (row.unitKinds as readonly string[] | undefined)?.every((kind) => kind === 'government') &&
            (row.unitLevels as readonly string[] | undefined)?.every((level) => level === 'district');
          const dated = named.every((one) => DECLARING.includes(one))
            ? byGovernment
            : row.during !== undefined;
          return row.effect === 'permit' && named.length > 0 && !dated
            ? [`row ${row.id} gives emergency powers to others than a district government, or for good.`]
            : [];
        }),
      )(house),
    ],
    wrong: [
      withTable('emergency', column('level')),
      withTable('operating_mode', ...DATED.map((name) => column(name, 'timestamp with time zone'))),
      withRow({ id: 'x', effect: 'permit', power: ['emergency.declare'], unitKinds: ['street'] }),
      withRow({ id: 'x', effect: 'permit', power: ['emergency.reach'], unitKinds: ['street'] }),
      withRow({ id: 'x', effect: 'permit', power: ['emergency.'], unitKinds: ['government'] }),
    ],
  },
  'emergency-opens-nothing-closed': {
    check: (house) => [
      ...house.tables
        .filter(({ name }) => name.startsWith('emergency'))
        .flatMap(({ name, columns }) =>
          columns
            .filter((one) => OF_A_PERSON.test(one.name))
            .map((one) => `schema.sql: ${name}.${one.name} marks or follows somebody.`),
        ),
      ...keysOf(house.api)
        .filter((key) => /^(health_?code|whereabouts|track|tracks|trace|location_?history)$/i.test(key))
        .map((key) => `the API has ${key}.`),
      ...perScene(({ powers, kinds, purposes }) => [
        ...powers
          .filter((row) => row.effect === 'permit' && row.during !== undefined)
          .flatMap((row) => [
            ...powersOf(row)
              .filter((one) => !IN_EMERGENCY.includes(one))
              .map((one) => `row ${row.id} gives "${one}" in an emergency.`),
            ...(kinds.some(({ traits }) => traits?.includes('secret'))
              ? [`row ${row.id} opens a scene with secret kinds.`]
              : []),
          ]),
        ...purposes.flatMap((purpose) => {
          const kept =
            purpose.asksReason && purpose.while === 'open' && !purpose.finds && !purpose.readsStored;
          const plain = (purpose.fields as readonly string[]).every((one) => ['name', 'reach'].includes(one));
          const byAll = ((purpose.powers ?? []) as readonly string[]).includes('*');
          return purpose.during !== undefined && (!kept || !plain || byAll)
            ? [`purpose ${String(purpose.id)} opens more in an emergency than is open without one.`]
            : [];
        }),
      ])(house),
    ],
    wrong: [
      withTable('emergency_visit', column('person')),
      withTable('emergency_place', column('lat', 'double precision')),
      (house) => ({ ...house, api: { properties: { healthCode: {} } } }),
      withRow({ id: 'x', effect: 'permit', power: ['export.mass'], during: ['emergency'] }),
      withRow({ id: 'x', effect: 'permit', power: '*', during: ['emergency'] }),
      withScene(({ powers }) => ({
        kinds: [{ code: 'abuse', traits: ['secret'] }],
        powers: [...powers, { id: 'x', effect: 'permit', power: 'see', during: ['emergency'] }],
      })),
      ...[
        { finds: true },
        { while: 'any' },
        { readsStored: true },
        { fields: ['words'] },
        { powers: ['*'] },
      ].map((more) =>
        withScene(({ purposes }) => ({
          purposes: purposes.map((one) => (one.during === undefined ? one : { ...one, ...more })),
        })),
      ),
    ],
  },
};

/** Statements that put persons in an order that says nothing of them, each with what for. */
const BY_PERSON: Readonly<Record<string, string>> = {
  'packages/storage/src/queries/kept-persons.ts':
    'what is still kept of persons who were named: for erasing them',
  'packages/vault/src/vault.ts': 'whose vault a number opens; read one by one, each a look in the ledger',
  'packages/server/src/pages/account/resident-routes.ts':
    'one sample resident of the made-up town, for trying the sign-in',
};

/** Alarms that are about no suspicion of a rule, each with what they are. */
const ALARMS_OF_LOOKS: Readonly<Record<string, string>> = {
  look_alarm: 'somebody looked at the contact of whoever complained about their unit: told to that person',
};

/** Columns named as personal data are, which are published by law or are no person's, each with why. */
const CLEAR_BY_LAW: ReadonlyMap<string, string> = new Map([]);

/** Lists in what the API answers whose rows are persons: an object in a list that names a person and counts or measures beside. */
function listsOfPersons(value: unknown, path: string): readonly Complaint[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, items } = value as { type?: unknown; items?: { properties?: Record<string, unknown> } };
  const keys = type === 'array' ? Object.keys(items?.properties ?? {}) : [];
  const named = keys.find((key) => ROW_OF_PERSON.test(key));
  const found = named ? [`${path} is a list with a row for each ${named}.`] : [];
  return [
    ...found,
    ...Object.entries(value).flatMap(([key, inner]) => listsOfPersons(inner, `${path}.${key}`)),
  ];
}

function keysOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

/** Forms that packs bring: each field says where its value comes from once, so that nobody is asked twice. */
function fieldsWithoutSource(value: unknown, path: string): readonly Complaint[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const fields = /^(fields|questions)$/.test(key) && Array.isArray(inner) ? inner : [];
    const bad = fields.filter(
      (field) => typeof field === 'object' && !(field as { source?: unknown }).source,
    );
    return [
      ...bad.map(() => `${path}.${key}: a field names no source.`),
      ...fieldsWithoutSource(inner, `${path}.${key}`),
    ];
  });
}

describe('limits', () => {
  for (const [id, { check, wrong }] of Object.entries(LIMITS)) {
    test(`${id}: kept, and its breach is found`, () => {
      assert.deepEqual(check(HOUSE), []);
      for (const [i, breach] of wrong.entries())
        assert.notDeepEqual(check(breach(HOUSE)), [], `sample ${i + 1} was not found`);
    });
  }
  test('docs/limits.md names each with its test', () => {
    const told = readFileSync(join(ROOT, 'docs/limits.md'), 'utf8');
    assert.deepEqual(
      [...told.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id),
      Object.keys(LIMITS),
    );
  });
});
