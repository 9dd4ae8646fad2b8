import type { Instant } from '@gezhi/basis';
import { ancestors, findPlace, type Place } from '@gezhi/place';
import { type Incoming, locate, type Person, type ReachMe, type Town } from '@gezhi/town';
import type { Sent } from '../kit/fields.ts';
import type { Visit } from '../kit/visit.ts';

export const REPORT_WAYS = ['none', 'phone', 'sms', 'visit', 'mail'] as const;
type ReportWay = (typeof REPORT_WAYS)[number];

export type ReportError = { readonly field: string; readonly text: string };

/** The source of what comes in by this form; with the form's own id it makes sending twice harmless. */
export const FORM_SOURCE = 'pages/report';

const WORDS_MIN = 4;
const WORDS_MAX = 2000;
const LINE_MAX = 200;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the form: a signal to take in, or every error that it has, in the order of its fields. */
export function readReportForm(visit: Visit, sent: Sent): Incoming | readonly ReportError[] {
  const { town, now } = visit;
  const errors = reportErrors(visit, sent);
  if (errors.length > 0) return errors;
  const kind = sent.get('kind');
  // Of a child under 14 nothing is kept: the guardian is told (PIPL Art. 31).
  const person = personOf(sent);
  return {
    source: FORM_SOURCE,
    id: sent.get('id'),
    type: 'gezhi.report.v1',
    occurredAt: now,
    channel: 'web',
    words: wordsOf(visit, sent),
    ...(kind ? { kind } : {}),
    publicity: sent.get('publicity') === 'public' ? 'public' : 'private',
    ...placeOf(town, sent, now),
    ...(person ? (sent.get('child') === 'yes' ? { guardian: person } : { requester: person }) : {}),
  };
}

function reportErrors({ w, town }: Visit, sent: Sent): readonly ReportError[] {
  const errors: ReportError[] = [];
  const find = (field: string, text: string): void => {
    errors.push({ field, text });
  };
  const words = sent.get('words');
  if ([...words].length < WORDS_MIN) find('words', w.report.wordsMissing);
  if ([...words].length > WORDS_MAX) find('words', w.form.tooLong(WORDS_MAX));
  const kind = sent.get('kind');
  if (kind && !town.kinds.has(kind)) find('kind', w.form.pick);
  const community = sent.get('community');
  if (community && !communitiesOf(town).some(({ place }) => place.code === community)) {
    find('community', w.form.pick);
  }
  for (const field of ['placeText', 'name', 'address', 'hours', 'language']) {
    if ([...sent.get(field)].length > LINE_MAX) find(field, w.form.tooLong(LINE_MAX));
  }
  const way = sent.get('way') || 'none';
  const address = sent.get('address');
  if (!isWay(way)) find('way', w.form.pick);
  else if (way !== 'none' && !address) find('address', w.report.addressMissing);
  else if ((way === 'phone' || way === 'sms') && !/^\+?[\d\s()-]{5,20}$/.test(address)) {
    find('address', w.report.phoneWrong);
  }
  if (!ID.test(sent.get('id'))) find('words', w.form.expired);
  return errors;
}

function isWay(text: string): text is ReportWay {
  return REPORT_WAYS.some((way) => way === text);
}

/** Nobody, where nothing was left; what was typed beside “not at all” is not kept. */
function personOf(sent: Sent): Person | undefined {
  const name = sent.get('name');
  const way = (sent.get('way') || 'none') as ReportWay;
  const reachMe: ReachMe[] =
    way === 'none'
      ? []
      : [
          {
            way,
            address: sent.get('address'),
            ...(sent.get('hours') ? { hours: sent.get('hours') } : {}),
            ...(sent.get('language') ? { language: sent.get('language') } : {}),
          },
        ];
  if (!name && reachMe.length === 0) return undefined;
  return { ...(name ? { name } : {}), ...(reachMe.length ? { reachMe } : {}) };
}

/** What was written of the place stays with the words: it may say more than the registry knows. */
function wordsOf({ w }: Visit, sent: Sent): string {
  const place = sent.get('placeText');
  return place ? `${sent.get('words')}\n${w.report.placeInWords(place)}` : sent.get('words');
}

/**
 * The place: what was written, read together with the community that was picked; where that is not inside it, or names nothing, the
 * community itself with all that lies above it.
 */
function placeOf(town: Town, sent: Sent, now: Instant): Pick<Incoming, 'placeText' | 'statedPlaces'> {
  const text = sent.get('placeText');
  const community = sent.get('community');
  if (!community) return text ? { placeText: text } : {};
  const { place, above } = communitiesOf(town).find((c) => c.place.code === community)!;
  for (const placeText of [`${place.name}${text}`, `${above?.name ?? ''}${place.name}`]) {
    const found = locate(town, { source: '', id: '', type: '', occurredAt: now, channel: '', placeText });
    if (found.layers[DIVISION]?.includes(community)) return { placeText };
  }
  return { statedPlaces: { [DIVISION]: community } };
}

const DIVISION = 'division';
const LOCAL_LEVELS: ReadonlySet<string> = new Set(['community', 'village']);

/** Communities and villages with the street or township above, as they stand in the registry. */
export function communitiesOf(
  town: Town,
): readonly { readonly place: Place; readonly above: Place | undefined }[] {
  return town.places.places
    .filter((place) => place.layer === DIVISION && LOCAL_LEVELS.has(place.level ?? ''))
    .map((place) => {
      const [above] = ancestors(town.places, DIVISION, place.code);
      return { place, above: above && findPlace(town.places, above.layer, above.code) };
    });
}
