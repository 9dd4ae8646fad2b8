import { type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { listAsYaml } from '@gezhi/scene';
import {
  addLedgerEvent,
  addRegistry,
  addRegistryEdit,
  inTransaction,
  type RegistryChange,
  type RegistryEdit,
  type RegistryRow,
  registryEdits,
} from '@gezhi/storage';
import { mayEdition } from '../editions/may-edition.ts';
import { sha256 } from '../editions/sha256.ts';
import type { Installation } from '../installation.ts';
import type { Town } from '../town.ts';
import { currentOf, type EditedSort, isSame, keyOf, registryOf, rowsOf, type Wanted } from './edited.ts';
import type { ListRecord } from './own-lists.ts';
import { previewRegistry } from './preview-registry.ts';

/**
 * Makes the changes known from now on, all or none, and writes down who did it and why. What was known before stays: past answers and
 * published numbers do not move. Takes the power `registry.edit`.
 *
 * @param undoes the edit that this one takes back
 */
export async function editRegistry(
  installation: Installation,
  town: Town,
  wanted: readonly Wanted[],
  by: Actor,
  order: { readonly id: string; readonly reason: string; readonly undoes?: string },
  now: Instant,
): Promise<RegistryEdit | Refusal> {
  const holds = mayEdition(town, 'registry.edit', by);
  if (isRefusal(holds)) return holds;
  const preview = await previewRegistry(town, wanted, now);
  if (isRefusal(preview)) return preview;
  const wrong = preview.problems.find(({ severity }) => severity === 'error');
  if (wrong) return refuse('registry-wrong', wrong.problem, { problems: preview.problems });
  const { id, reason, undoes = null } = order;
  const { changes } = preview;
  const edit = { id, at: now, post: by.post, person: by.person ?? null, reason, changes, undoes };
  await inTransaction(town.db.pool, async (client) => {
    await addRegistry(client, town.district, rowsOf(changes, now));
    await addRegistryEdit(client, town.district, edit);
    await tellLists(client, town, changes, id, now);
  });
  await installation.reload();
  return edit;
}

/** A power list that holds from now on is a leaf of the ledger, as those that ship are. */
async function tellLists(
  client: Parameters<typeof addLedgerEvent>[0],
  town: Town,
  changes: readonly RegistryChange[],
  edit: string,
  now: Instant,
): Promise<void> {
  const hash = (record: unknown): string | null =>
    record === null ? null : sha256((record as ListRecord).list);
  for (const { sort, code, before, after } of changes) {
    if (sort !== 'policy') continue;
    const body = { scene: `${code}#list`, version: edit, sha256: hash(after), before: hash(before) };
    await addLedgerEvent(client, town.district, { kind: 'policy', at: now, body });
  }
}

/** Takes an edit back: each record that is still as the edit left it becomes what it was before. */
export async function undoRegistry(
  installation: Installation,
  town: Town,
  undoes: string,
  by: Actor,
  order: { readonly id: string; readonly reason: string },
  now: Instant,
): Promise<RegistryEdit | Refusal> {
  const edits = await registryEdits(town.db.pool, town.district, 1_000);
  const edit = edits.find(({ id }) => id === undoes);
  if (!edit) return refuse('no-such-edit', `There is no edit "${undoes}".`);
  const current = currentOf(await registryOf(town));
  const moved = edit.changes.filter(
    ({ sort, code, after }) => !isSame(current.get(keyOf(sort, code)) ?? null, after),
  );
  if (moved.length > 0) {
    return refuse('changed-since', `Changed again since: ${moved.map(({ code }) => code).join(', ')}.`);
  }
  const wanted = edit.changes.map(({ sort, code, before }) => ({
    sort: sort as EditedSort,
    code,
    record: before,
  }));
  return await editRegistry(installation, town, wanted, by, { ...order, undoes }, now);
}

type Listed = {
  readonly code: string;
  readonly record: unknown;
  /** Left out where the scene says it, and nobody here. */
  readonly knownFrom?: Instant;
};

/**
 * Records of a sort as they are known now, in the order of layers and codes: places without their outlines, kinds with those of the
 * main scene. @param code that record alone, whole
 */
export async function recordsOf(town: Town, sort: EditedSort, code?: string): Promise<readonly Listed[]> {
  const latest = new Map<string, RegistryRow>();
  for (const row of await registryOf(town)) if (row.sort === sort) latest.set(row.code, row);
  const known: readonly Listed[] = [...latest.values()].filter(({ record }) => record !== null);
  const said = new Map(known.map((one) => [one.code, one]));
  const all = sort === 'kind' ? kindsOf(town, said) : sort === 'policy' ? listsOf(town, said) : known;
  if (code !== undefined) return all.filter((one) => one.code === code);
  return all
    .map(({ record, ...rest }) => ({ ...rest, record: sort === 'place' ? withoutOutline(record) : record }))
    .sort((a, b) => layerOf(town, a.record) - layerOf(town, b.record) || (a.code < b.code ? -1 : 1));
}

/** The catalogue: what the town says stands with it, whole; all else is the scene's. */
function kindsOf(town: Town, said: ReadonlyMap<string, Listed>): readonly Listed[] {
  return town.pack.kinds.map((kind) => {
    const { code, name, words, requestKind, urgency, public: isPublic } = kind;
    const record = { code, name, words, requestKind, urgency, public: isPublic };
    return { ...said.get(code), code, record };
  });
}

/** Every scene's power list: the town's own, or the one that ships. */
function listsOf(town: Town, said: ReadonlyMap<string, Listed>): readonly Listed[] {
  return [...town.packs.values()].map(({ scene: { id: code }, powers }) => {
    const own = said.get(code);
    return own ?? { code, record: { code, list: listAsYaml(powers) } };
  });
}

function withoutOutline(record: unknown): unknown {
  const { outline, ...rest } = record as { readonly outline?: unknown };
  return rest;
}

/** Places stand in the order of the town's layers; other records have none. */
function layerOf(town: Town, record: unknown): number {
  const { layer } = record as { layer?: string };
  return town.profile.layers.findIndex(({ code }) => code === layer);
}
