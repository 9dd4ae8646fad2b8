import { type CaseId, parseRequestNumber, SECOND } from '@gezhi/basis';
import { type CarriedVoice, type Case, replay } from '@gezhi/cases';
import { extendedStatusOfPhase, type RequestQuery, type ServiceRequest, statusOfPhase } from '@gezhi/open311';
import { findRequest, listCases, loadFacts, wordsOfCases } from '@gezhi/storage';
import { isSecret, type Town } from '@gezhi/town';
import type { AppContext } from '../app-context.ts';
import { kindLabel, placeNamed, unitNamed } from '../views/names.ts';
import { stateLabel } from '../views/wire.ts';

/** Public requests of towns, for Open311. A list names one request for each case: its first public voice; each is found by number. */
export type PublicCases = {
  find(town: Town, query: RequestQuery): Promise<readonly ServiceRequest[]>;
  get(town: Town, ids: readonly string[]): Promise<readonly ServiceRequest[]>;
  /** The number by which each of these cases is listed; a case without a public voice is not in the map. */
  numbersOf(town: Town, caseIds: readonly CaseId[]): Promise<ReadonlyMap<CaseId, string>>;
};

/** Another process's writes show in a list after this long; those of this process at once. */
const LIST_LIVES_MS = 250;
const LISTS_MAX = 200;
/** Cases whose requests are kept as they were last read; about 1 kB each. */
const CASES_MAX = 20_000;

type KeptCase = { readonly seq: number; readonly requests: readonly ServiceRequest[] };
type KeptList = {
  readonly at: number;
  readonly writes: number;
  readonly rows: Promise<readonly ServiceRequest[]>;
};

export function publicCases(app: AppContext): PublicCases {
  const keptCases = new Map<string, KeptCase>();
  const keptLists = new Map<string, KeptList>();
  const requestsOf = (town: Town, wanted: readonly { case_id: CaseId; seq?: number }[]): Promise<Requests> =>
    readRequests(keptCases, town, wanted);

  const list = async (town: Town, query: RequestQuery): Promise<readonly ServiceRequest[]> => {
    const { box } = query;
    const rows = await listCases(
      town.db.pool,
      town.district,
      {
        public: true,
        from: query.from,
        to: query.to + 1,
        ...(query.serviceCodes ? { kinds: query.serviceCodes } : {}),
        ...(query.statuses?.length === 1 ? { isOpen: query.statuses[0] === 'open' } : {}),
        ...(box
          ? { box: { minLon: box.minLong, minLat: box.minLat, maxLon: box.maxLong, maxLat: box.maxLat } }
          : {}),
        offset: query.offset,
      },
      query.limit,
    );
    const requests = await requestsOf(town, rows);
    return rows.flatMap(({ case_id }) => requests.get(case_id)?.slice(0, 1) ?? []);
  };
  return {
    find: (town, query) => {
      const asked = rounded(query);
      const key = `${town.district} ${JSON.stringify(asked)}`;
      const kept = keptLists.get(key);
      const now = performance.now();
      if (kept && kept.writes === app.writes.count && now - kept.at < LIST_LIVES_MS) return kept.rows;
      const rows = list(town, asked);
      keptLists.delete(key);
      keptLists.set(key, { at: now, writes: app.writes.count, rows });
      rows.catch(() => keptLists.delete(key));
      if (keptLists.size > LISTS_MAX) keptLists.delete(keptLists.keys().next().value!);
      return rows;
    },
    get: async (town, ids) => {
      const found = await Promise.all(
        ids.map(async (id) => {
          const number = parseRequestNumber(id);
          const caseId = number && (await findRequest(town.db.pool, town.district, number));
          return caseId ? [{ case_id: caseId }] : [];
        }),
      );
      const requests = await requestsOf(town, found.flat());
      return [...requests.values()].flat().filter((request) => ids.includes(request.id));
    },
    numbersOf: async (town, caseIds) => {
      const requests = await requestsOf(
        town,
        caseIds.map((case_id) => ({ case_id })),
      );
      return new Map([...requests].flatMap(([id, [first]]) => (first ? [[id, first.id] as const] : [])));
    },
  };
}

/** A window that ends now is asked for anew every millisecond; in whole seconds, the same question is the same. */
function rounded(query: RequestQuery): RequestQuery {
  return {
    ...query,
    from: Math.floor(query.from / SECOND) * SECOND,
    to: Math.ceil(query.to / SECOND) * SECOND,
  };
}

type Requests = ReadonlyMap<CaseId, readonly ServiceRequest[]>;

/** @param wanted with the `seq` that a row just told, a case that is kept at that fact is not read again */
async function readRequests(
  kept: Map<string, KeptCase>,
  town: Town,
  wanted: readonly { case_id: CaseId; seq?: number }[],
): Promise<Requests> {
  const keyOf = (id: CaseId): string => `${town.district} ${id}`;
  const missing = wanted.filter(
    ({ case_id, seq }) => seq === undefined || kept.get(keyOf(case_id))?.seq !== seq,
  );
  const ids = missing.map(({ case_id }) => case_id);
  if (ids.length > 0) {
    const histories = await loadFacts(town.db.pool, town.district, ids);
    const homes = [...histories.values()]
      .flat()
      .flatMap((fact) => (fact.type === 'absorbed' ? [fact.data.from] : []));
    const said = await wordsOfCases(town.db.pool, town.district, [...ids, ...homes]);
    const words = new Map(said.map((row) => [row.id, row.said]));
    for (const [id, facts] of histories) {
      const c = replay(facts);
      if (c)
        kept.set(keyOf(id), { seq: c.seq, requests: isSecret(town, c) ? [] : requestsIn(town, c, words) });
    }
  }
  const found = new Map(wanted.map(({ case_id }) => [case_id, kept.get(keyOf(case_id))?.requests ?? []]));
  for (const key of kept.keys()) {
    if (kept.size <= CASES_MAX) break;
    kept.delete(key);
  }
  return found;
}

function requestsIn(town: Town, c: Case, words: ReadonlyMap<string, string>): readonly ServiceRequest[] {
  return Object.values(c.voices)
    .filter((voice) => voice.publicity === 'public')
    .map((voice) => requestOf(town, c, voice, words));
}

function requestOf(
  town: Town,
  c: Case,
  voice: CarriedVoice,
  words: ReadonlyMap<string, string>,
): ServiceRequest {
  const status = statusOfPhase(c.phase);
  // Whoever reports by GeoReport knows that it shows what they write; everybody else was told that their words are not public.
  const description = voice.channel === 'open311' && voice.words ? words.get(voice.words.id) : undefined;
  const updatedAt = status === 'closed' ? c.endedAt : undefined;
  return {
    id: voice.number,
    public: true,
    version: `${c.caseId}.${c.seq}`,
    status,
    statusNotes: stateLabel(town, c.state, c.scene).zh,
    serviceCode: c.kind,
    serviceName: kindLabel(town, c.kind).zh,
    ...(description === undefined ? {} : { description }),
    ...(c.lead ? { agencyResponsible: unitNamed(town, c.lead.unit).name } : {}),
    requestedAt: voice.saidAt,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(voice.promised ? { expectedAt: voice.promised.dueAt } : {}),
    ...(c.place.code === 'unknown' ? {} : { address: placeNamed(town, c.place.code).name }),
    ...(c.place.point ? { point: { long: c.place.point[0], lat: c.place.point[1] } } : {}),
    extended: {
      status: extendedStatusOfPhase(c.phase, { solved: wasSolved(c), merged: c.mergedInto !== undefined }),
      channel: voice.channel,
    },
  };
}

/** Somebody who asked said so; the unit's own word is not enough. */
function wasSolved(c: Case): boolean {
  return Object.values(c.voices).some(({ callback }) => {
    const answer = callback?.answer;
    return typeof answer === 'object' && answer.solved === 'yes';
  });
}
