import { isoInstant, isRefusal, type Refusal } from '@gezhi/basis';
import { type RegistryEdit, registryEdits } from '@gezhi/storage';
import { editRegistry, previewRegistry, recordsOf, undoRegistry, type Wanted } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

const EDITS_MAX = 100;

/** Records of a sort as they are known now. */
export async function listRecords({ town, query }: Turn<'listRecords'>): Promise<RouteAnswer> {
  const records = await recordsOf(town, query.sort, query.code);
  return {
    status: 200,
    body: {
      sort: query.sort,
      records: records.map(({ knownFrom, ...rest }) => ({
        ...rest,
        ...(knownFrom === undefined ? {} : { knownFrom: isoInstant(knownFrom) }),
      })),
    },
  };
}

/** What changes would do, before anybody makes them. */
export async function previewRecords({
  town,
  body,
  now,
}: Turn<'previewRecords'>): Promise<RouteAnswer | Refusal> {
  const preview = await previewRegistry(town, body.changes as readonly Wanted[], now);
  if (isRefusal(preview)) return preview;
  const redated = preview.redated.map(({ was, would, ...rest }) => ({
    ...rest,
    was: isoInstant(was),
    would: isoInstant(would),
  }));
  return { status: 200, body: { ...preview, redated } };
}

export async function editRecords({
  app,
  town,
  actor,
  body,
  now,
}: Turn<'editRecords'>): Promise<RouteAnswer | Refusal> {
  const { id, reason, changes } = body;
  const wanted = changes as readonly Wanted[];
  const edit = await editRegistry(app.installation, town, wanted, actor!, { id, reason }, now);
  return isRefusal(edit) ? edit : { status: 200, body: sayEdit(edit) };
}

export async function undoRecords({
  app,
  town,
  actor,
  params,
  body,
  now,
}: Turn<'undoRecords'>): Promise<RouteAnswer | Refusal> {
  const edit = await undoRegistry(app.installation, town, params.edit, actor!, body, now);
  return isRefusal(edit) ? edit : { status: 200, body: sayEdit(edit) };
}

/** The latest edits, newest first. */
export async function listEdits({ town }: Turn<'listEdits'>): Promise<RouteAnswer> {
  const edits = await registryEdits(town.db.pool, town.district, EDITS_MAX);
  return { status: 200, body: { edits: edits.map(sayEdit) } };
}

function sayEdit({ at, person: _person, undoes, ...edit }: RegistryEdit): Record<string, unknown> {
  return { ...edit, at: isoInstant(at), ...(undoes ? { undoes } : {}) };
}
