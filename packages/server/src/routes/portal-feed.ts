import { type CaseId, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { PublicCase } from '@gezhi/contract';
import { placesWithin, publicCases, publicStoryOf, type Town } from '@gezhi/town';
import type { Language } from '../language.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { showPublic } from '../portal/show-public.ts';
import { loadCase } from '../views/load-case.ts';
import { placeNamed } from '../views/names.ts';
import { noSuchPublic } from './portal-public.ts';

const ENTRIES_MAX = 50;

type Entry = {
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly text: string;
  readonly link: string;
};

/** A street or a case to subscribe to, as Atom (RFC 4287): every reader takes it, and it asks for no address. */
export async function publicFeed(turn: Turn<'publicFeed'>): Promise<RouteAnswer | Refusal> {
  const { town, query, app } = turn;
  const language = query.lang ?? turn.language;
  if (query.case === undefined && query.place === undefined)
    return refuse('bad-input', 'A feed is of a place or of a case.', { field: 'place' });
  const feed = query.case === undefined ? await ofPlace(turn, language) : await ofCase(turn, language);
  if (isRefusal(feed)) return feed;
  const self = `${app.baseUrl}/api/public/feed?${new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )}`;
  return {
    status: 200,
    body: atomOf(town, feed, self, app.baseUrl, language),
    headers: {
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'public, max-age=300',
    },
  };
}

type Feed = { readonly title: string; readonly entries: readonly Entry[] };

async function ofPlace({ town, query, now }: Turn<'publicFeed'>, language: Language): Promise<Feed> {
  const code = query.place ?? '';
  const rows = await publicCases(town, { places: placesWithin(town, code) }, ENTRIES_MAX, now);
  const entries = rows.map((row) => {
    const shown = showPublic(town, row);
    return {
      id: `urn:uuid:${row.case_id}`,
      at: isoInstant(row.updated_at),
      title: `${shown.kind.name[language]} · ${shown.where}`,
      text: [shown.state[language], shown.text ?? ''].filter(Boolean).join(' — '),
      link: `/portal/near/${row.case_id}`,
    };
  });
  return { title: placeNamed(town, code).name, entries };
}

async function ofCase({ town, query, now }: Turn<'publicFeed'>, language: Language): Promise<Feed | Refusal> {
  const id = query.case as CaseId;
  const [row] = await publicCases(town, { ids: [id] }, 1, now);
  const loaded = row && (await loadCase(town, id));
  if (!row || !loaded || isRefusal(loaded)) return noSuchPublic(id);
  const shown: PublicCase = showPublic(town, row);
  const title = `${shown.kind.name[language]} · ${shown.where}`;
  const entries = publicStoryOf(town, loaded.facts).map(({ at, say }, i) => ({
    id: `urn:uuid:${id}#${i + 1}`,
    at: isoInstant(at),
    title: say[language],
    text: title,
    link: `/portal/near/${id}`,
  }));
  return { title, entries: entries.reverse() };
}

function atomOf(
  town: Town,
  { title, entries }: Feed,
  self: string,
  base: string,
  language: Language,
): string {
  const updated = entries[0]?.at ?? isoInstant(town.builtAt);
  const name = xmlText(`${town.profile.name[language]} · ${title}`);
  const one = (entry: Entry): string =>
    `<entry><id>${xmlText(entry.id)}</id><title>${xmlText(entry.title)}</title><updated>${entry.at}</updated>` +
    `<link href="${xmlText(base + entry.link)}"/><summary>${xmlText(entry.text)}</summary></entry>`;
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language === 'zh' ? 'zh-CN' : 'en'}">` +
    `<id>${xmlText(self)}</id><title>${name}</title><updated>${updated}</updated><link rel="self" href="${xmlText(self)}"/>` +
    `<author><name>${xmlText(town.profile.name[language])}</name></author>${entries.map(one).join('')}</feed>\n`
  );
}

function xmlText(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );
}
