import { FLAGS, type Flag, type GuardView, type Process } from '@gezhi/cases';

type Field = keyof GuardView['case'];

/** What conditions turned out to depend on: fields of the case that they read, flags and kinds that changed an answer. */
export type Reads = {
  readonly fields: ReadonlySet<Field>;
  readonly flags: ReadonlySet<Flag>;
  readonly kinds: ReadonlySet<string>;
};

/** What the conditions of a process did while it was tried: asked how often, held how often, what they depend on. */
export type Watched = {
  readonly process: Process;
  readonly reads: Noted;
  readonly guards: Map<string, { asked: number; held: number }>;
  readonly automatics: Map<number, { asked: number; held: number }>;
};

/** The kinds that a case may be of, and what the scene says of each. */
type Kinds = { readonly codes: readonly string[]; readonly traits: (kind: string) => readonly string[] };

type Noted = { readonly fields: Set<Field>; readonly flags: Set<Flag>; readonly kinds: Set<string> };

/** The same process, each condition of which notes what it read and answered; `kinds` are those that a case may be of. */
export function watchGuards(process: Process, kinds: Kinds): Watched {
  const reads: Noted = { fields: new Set(), flags: new Set(), kinds: new Set() };
  const guards = new Map<string, { asked: number; held: number }>();
  const automatics = new Map<number, { asked: number; held: number }>();
  const watch = (test: Test, count: { asked: number; held: number }): Test => {
    const seen = new Set<string>();
    return (view) => {
      const fields = new Set<Field>();
      const held = test({ ...view, case: noting(view.case, fields) });
      count.asked += 1;
      if (held) count.held += 1;
      for (const field of fields) reads.fields.add(field);
      const key = `${view.case.kind};${[...fields].map((field) => String(view.case[field])).join(';')}`;
      if (!seen.has(key)) {
        seen.add(key);
        if (fields.has('flags')) noteFlags(test, view, held, reads.flags);
        if (fields.has('kind') || fields.has('traits'))
          noteKinds(test, view, held, kinds, reads.kinds, fields.has('traits'));
      }
      return held;
    };
  };
  const actions = Object.entries(process.actions).map(([name, action]) => {
    const watched = action.guards.map((guard) => {
      const count = { asked: 0, held: 0 };
      guards.set(`${name}/${guard.id}`, count);
      return { ...guard, test: watch(guard.test, count) };
    });
    return [name, { ...action, guards: watched }] as const;
  });
  const byItself = process.automatics.map((automatic, i) => {
    const count = { asked: 0, held: 0 };
    automatics.set(i, count);
    return { ...automatic, when: watch(automatic.when, count) };
  });
  return {
    process: { ...process, actions: Object.fromEntries(actions), automatics: byItself },
    reads,
    guards,
    automatics,
  };
}

type Test = (view: GuardView) => boolean;

/** Asks again with each flag there or gone. */
function noteFlags(test: Test, view: GuardView, held: boolean, found: Set<Flag>): void {
  const flags = view.case.flags as readonly Flag[];
  for (const flag of FLAGS) {
    if (found.has(flag)) continue;
    const other = flags.includes(flag) ? flags.filter((f) => f !== flag) : [...flags, flag];
    if (test({ ...view, case: { ...view.case, flags: other } }) !== held) found.add(flag);
  }
}

/**
 * Asks again with each kind instead of the one that stands for all; of kinds that the scene says the same of, one is enough. A condition that
 * reads traits wants one kind of each sort, for what it asks besides may hold later only.
 */
function noteKinds(
  test: Test,
  view: GuardView,
  held: boolean,
  { codes, traits }: Kinds,
  found: Set<string>,
  byTraits: boolean,
): void {
  if (view.case.kind !== codes[0]) return;
  const alike = new Set([codes[0], ...found].map((kind) => traits(kind!).join()));
  for (const kind of codes) {
    const said = traits(kind);
    if (found.has(kind) || alike.has(said.join())) continue;
    if (!byTraits && test({ ...view, case: { ...view.case, kind, traits: said } }) === held) continue;
    found.add(kind);
    alike.add(said.join());
  }
}

function noting(view: GuardView['case'], fields: Set<Field>): GuardView['case'] {
  const note = (key: string | symbol): void => {
    if (typeof key === 'string' && Object.hasOwn(view, key)) fields.add(key as Field);
  };
  return new Proxy(view, {
    get: (target, key) => {
      note(key);
      return Reflect.get(target, key) as unknown;
    },
  });
}
