import type { RequestNumber } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';

/** A matter to ask about, with a photo in it. */
export type Matter = {
  readonly c: Case;
  readonly number: RequestNumber;
  readonly code: string;
  readonly media: string;
};

/**
 * Who gets through which door. A line: the route; who is let in where `lead` leads the matter that is asked about; after `|`, who is where
 * `street` leads it, at another place (the same, where left out). Everybody else is turned away, and a route without a line is a fault.
 *
 * `all`: but for a token that is none of this district; `everybody`; `posts`: any post of this district; `sees`: who sees the matter (`SEES`); `code`: the same, and who holds the number's code;
 * else callers by name; `-`: none of them, because it opens by a link or a token of its own.
 * `door`: where people sign in, which is asked where accounts are (`packages/accounts`, `pages/account*.test.ts`).
 */
export const TABLE = `
GET /                                       all
GET /*                                      all
GET /healthz                                all
GET /readyz                                 all
GET /metrics                                all
GET /assets/pages.css                       all
GET /assets/seal.svg                        all
GET /assets/desk.js                         all
GET /scenes/:id/process.svg                 all
GET /api/openapi.json                       everybody
GET /api/town                               all
GET /api/kinds                              all
GET /api/scenes                             all
GET /api/places/at                          all
GET /api/places/sketch                      all
GET /api/places/outside                     all
POST /api/places/outside                    all
GET /api/powers                             all
GET /api/algorithms                         all
GET /api/rulings                            all
GET /api/emergencies                        all
GET /api/samples                            all
GET /api/themes                             all
GET /api/editions                           all
GET /api/editions/:edition                  all
GET /api/editions/:edition/explain          all
GET /api/editions/:edition/export           all
GET /api/knowledge                          all
GET /api/knowledge/:item                    all
GET /api/read/topics                        all
GET /api/read/report                        all
POST /api/session                           door
DELETE /api/session                         door
GET /api/session/posts                      all
POST /api/signals                           all
GET /api/uploads/:id                        all
PUT /api/uploads/:id                        all
POST /api/public/read                       all
GET /api/public/cases                       all
POST /api/public/cases/:id/voices           all
GET /api/public/feed                        all
GET /api/public/kept                        all
GET /api/public/who                         all
GET /api/guide                              all
GET /powers                                 all
GET /privacy                                all
GET /algorithms                             all
GET /rulings                                all
GET /emergencies                            all
GET /topics                                 all
GET /editions                               all
GET /catalogue                              all
GET /editions/:id                           all
GET /editions/:id/cases                     all
GET /knowledge                              all
GET /knowledge/:id                          all
GET /report                                 all
POST /report                                all
GET /report/done                            all
GET /my                                     all
GET /my/receipt                             requester
GET /my/receipt.js                          all
GET /my/receipt.json                        -
POST /my/code                               door
POST /my/code/open                          door
GET /my/all                                 door
POST /my/all/leave                          door
POST /my/demo                               door
POST /api/resident/codes                    door
POST /api/resident/session                  door
POST /api/resident/tickets                  -
DELETE /api/resident/session                door
GET /api/resident/me                        door
GET /api/resident/subscriptions             door
POST /api/resident/subscriptions            door
DELETE /api/resident/subscriptions/:id      door
POST /my                                    all
GET /staff                                  all
POST /staff                                 posts
POST /staff/out                             all
GET /staff/second                           door
POST /setup                                 door
GET /api/auth/callback/sso                  door
GET /assets/passkey.js                      all
POST /staff/sso                             door
GET /staff/passkey                          door
POST /staff/passkey/ask                     door
POST /staff/passkey/add                     door
POST /staff/passkey/options                 door
POST /staff/passkey/enter                   door

GET /api/requests/:number                   code
GET /api/requests/:number/receipt           code
POST /api/requests/:number/follow-ups       code
POST /api/requests/:number/photos           code
GET /api/requests/:number/follow            code
POST /api/requests/:number/answers          requester | -
GET /api/requests/:number/data              requester | -
POST /api/requests/:number/data/asks        requester | -
GET /my/request                             requester
POST /my/survey                             requester
POST /my/words                              requester
GET /my/data                                requester
GET /my/data.json                           requester
POST /my/data/ask                           requester
POST /my/data/retaliation                   requester
POST /my/leave                              -
GET /my/answer/:link                        -
GET /unsubscribe/:token                     -
POST /unsubscribe/:token                    -
POST /my/answer/:link                       -
GET /t/:token                               -
POST /t/:token                              -

GET /api/cases/:id                          sees
GET /api/cases/:id/explain                  sees
GET /api/explain/:what/:id                  sees
GET /api/field/cases/:id                    sees
GET /api/cases/:id/precedents               sees
GET /api/cases/:id/story                    sees
GET /api/cases/:id/forms                    sees
GET /api/cases/:id/looks                    sees
GET /api/cases/:id/whistle                  sees
GET /api/cases/:id/public                   seat dispatcher hotlineHead checker lead leadHead | seat dispatcher hotlineHead checker street
POST /api/cases/:id/public                  seat dispatcher hotlineHead checker lead leadHead | seat dispatcher hotlineHead checker street
GET /api/media/:id                          seat dispatcher hotlineHead checker government lead leadHead above | seat dispatcher hotlineHead checker centre government street
POST /api/cases/:id/photos                  sees
GET /cases/:id                              sees
POST /cases/:id/do                          sees
POST /cases/:id/contact                     sees
POST /cases/:id/contact/allow               sees
GET /whistles/:id                           sees
GET /cases/:id/contact                      all
GET /cases/:id/links                        lead leadHead | street
POST /cases/:id/links                       lead leadHead | street
GET /api/cases/:id/task-links               lead leadHead | street
POST /api/cases/:id/task-links              lead leadHead | street
POST /api/cases/:id/task-links/:link/revoke lead leadHead | street
POST /api/cases/:id/commands                seat dispatcher hotlineHead checker lead leadHead | seat dispatcher hotlineHead checker street
POST /api/cases/:id/contact                 lead leadHead | street
POST /api/notices/:id/retry                 posts
POST /notices/retry                         posts
GET /whistles/new                           - | street
POST /whistles/new                          - | street

POST /api/breaches                          posts
GET /breach                                 posts
POST /breach                                posts
GET /api/cases                              posts
GET /api/facts                              posts
GET /api/stream                             posts
GET /api/notices                            posts
GET /api/now                                posts
GET /api/places/:place/month                posts
GET /api/me                                 all
GET /api/field/day                          posts
GET /api/responsible                        posts
GET /api/measures/three-rates               posts
GET /api/measures/counts                    posts
GET /api/editions/:edition/cases            posts
GET /api/editions/:edition/help-plan        posts
POST /editions/:id/cases                    posts
POST /editions                              hotlineHead
POST /editions/:id/acts                     hotlineHead
GET /api/knowledge/items                    posts
POST /api/knowledge                         posts
POST /api/knowledge/:item                   posts
POST /api/read/same                         posts
POST /api/read/answer                       posts
POST /api/read/draft                        posts
GET /api/powers/explain                     posts
GET /api/rounds                             posts
GET /api/rounds/:round                      posts
GET /api/rounds/:round/export               posts
GET /api/queues                             posts
GET /api/registry                           posts
GET /api/registry/edits                     posts
GET /api/queues/:queue                      posts
GET /api/queues/:queue/export               posts
GET /api/lists/cases                        posts
GET /api/lists/cases/export                 posts
GET /api/whistles                           posts
POST /api/desk/calls                        posts
GET /queue                                  posts
GET /queue/find                             posts
GET /whistles                               posts
GET /notices                                posts
GET /rounds                                 posts
GET /rounds/:id                             posts
GET /rounds/:id/export                      posts
GET /rounds/:id/visit/:place                posts
GET /desk                                   posts
POST /desk                                  posts
POST /desk/panel                            posts
GET /knowledge/desk                         posts
GET /knowledge/desk/:id                     posts
POST /knowledge/desk/:id                    posts

GET /api/units/:unit/feed                   lead leadHead above government | street centre government
POST /api/rounds                            hotlineHead centre government countyHead lead leadHead above street utility police
POST /rounds                                hotlineHead centre government countyHead lead leadHead above street utility police
POST /api/rounds/:round/visits              hotlineHead checker centre government countyHead lead leadHead above street utility police community worker
POST /rounds/:id/visit/:place               posts
GET /callbacks                              seat dispatcher hotlineHead checker
POST /callbacks/next                        seat dispatcher hotlineHead checker
POST /callbacks/answer                      seat dispatcher hotlineHead checker
POST /callbacks/skip                        seat dispatcher hotlineHead checker
POST /callbacks/paper                       seat dispatcher hotlineHead checker
POST /callbacks/letter                      seat dispatcher hotlineHead checker
POST /api/callbacks/next                    seat dispatcher hotlineHead checker
GET /upstream                               seat dispatcher hotlineHead
POST /upstream/retry                        seat dispatcher hotlineHead
GET /api/upstream                           seat dispatcher hotlineHead
POST /api/upstream/orders                   seat dispatcher hotlineHead
POST /api/upstream/replies/:id/retry        seat dispatcher hotlineHead
POST /api/editions                          hotlineHead
POST /api/editions/:edition/acts            hotlineHead
POST /api/samples                           hotlineHead
POST /api/samples/:id/draw                  hotlineHead
POST /api/themes                            hotlineHead centre
POST /api/rulings/:ruling/acts              hotlineHead centre government countyHead
POST /rulings/:ruling                       hotlineHead centre government countyHead
POST /api/emergencies                       countyHead
POST /emergencies                           countyHead
POST /api/emergencies/:emergency/end        countyHead
POST /emergencies/:emergency/end            countyHead
POST /api/emergencies/:emergency/review     countyHead
POST /emergencies/:emergency/review         countyHead
POST /api/registry                          hotlineHead centre government countyHead
GET /powers/preview                         hotlineHead centre government countyHead
POST /powers/preview                        hotlineHead centre government countyHead
POST /api/registry/preview                  posts
POST /api/registry/edits/:edit/undo         posts
GET /api/public/cases/:id                   -
GET /admin                                  -
GET /admin/system                           -
GET /admin/security                         -
POST /admin/security                        -
GET /admin/audit                            -
POST /staff/second                          door
GET /staff/factor                           door
POST /staff/factor                          door
POST /staff/factor/confirm                  door
GET /staff/posts                            door
POST /staff/posts                           door
GET /staff/account                          door
POST /staff/account/revoke                  door
POST /staff/account/password                door
POST /staff/account/passkey                 door
GET /staff/link                             door
POST /staff/link                            door
GET /setup                                  door
`;

/**
 * Who sees a matter: the hotline, the checkers and the heads of the city all; else who leads it, and the units above. `centre` is above `street`.
 * `countyHead` sees those of the county in which an emergency is in force.
 */
export const SEES = {
  own: 'seat dispatcher hotlineHead checker government countyHead lead leadHead above',
  other: 'seat dispatcher hotlineHead checker centre government street',
} as const;

export type Call = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: string;
  readonly body: object;
};

const ROUND = {
  ...{
    id: 'round-1',
    sort: 'patrol',
    title: { zh: '巡', en: 'round' },
    lead: 'x',
    from: '2026-05-01',
    to: '2026-05-31',
  },
  ...{
    basis: 'b',
    checklist: [{ id: 'a', zh: '甲', en: 'a' }],
    every: { under: '990101', level: 'community' },
  },
};

const EMERGENCY = {
  level: 3,
  area: '990101',
  basis: 'b',
  reason: 'r',
  endsAt: '2026-05-08T00:00:00Z',
};

const CHANGE = { sort: 'unit', code: 'none', record: null };

/** What a route is asked with, so that the question of power comes up; what else is wrong with a call is no matter. */
export function callOf(route: string, { c, number, media }: Matter, who: string): Call {
  const params = {
    ...{
      id: route.includes('/media/') ? media : c.caseId,
      number,
      what: 'routing',
      edition: '2026-04-street',
    },
    ...{
      round: 'round-0',
      unit: c.lead?.unit ?? '',
      item: 'none',
      ruling: 'R-1',
      emergency: 'E-2',
      queue: 'mine',
      link: 'none',
      token: 'none',
      place: 'none',
    },
  };
  const input = { words: '记录一下' };
  const bodies: Readonly<Record<string, object>> = {
    'POST /api/cases/:id/commands': { commandId: `note/${who}/${c.caseId}`, action: 'note', input },
    'POST /api/cases/:id/contact': { number, purpose: 'handle' },
    'POST /api/cases/:id/task-links': { task: 'none' },
    'POST /api/requests/:number/follow-ups': { words: `补充：${who}` },
    'POST /api/rounds': ROUND,
    'POST /api/rounds/:round/visits': { commandId: 'v', stop: 'none', findings: [] },
    'POST /api/editions': { month: '2026-04', by: 'street' },
    'POST /api/editions/:edition/acts': { do: 'freeze' },
    'POST /api/samples': { purpose: 'check' },
    'POST /api/samples/:id/draw': {
      from: '2026-04-01T00:00:00Z',
      to: '2026-05-01T00:00:00Z',
      size: { n: 1 },
    },
    'POST /api/themes': { theme: 't', part: 'theme', id: 't', data: { title: 't', month: '2026-05' } },
    'POST /api/resident/tickets': { address: '13900000000' },
    'POST /api/rulings/:ruling/acts': { act: 'adopted', basis: 'b' },
    'POST /api/emergencies': { ...EMERGENCY, id: who },
    'POST /api/emergencies/:emergency/end': { reason: 'r' },
    'POST /api/emergencies/:emergency/review': { words: 'w' },
    'POST /api/upstream/orders': [{ 工单编号: '1' }],
    'POST /api/registry': { id: who, reason: 'x', changes: [CHANGE] },
    'POST /api/registry/preview': { changes: [CHANGE] },
    'POST /api/registry/edits/:edit/undo': { id: who, reason: 'x' },
    'POST /api/read/same': { words: '路灯' },
    'POST /api/cases/:id/public': { shown: false },
    'POST /api/requests/:number/data/asks': { id: who, what: 'copy', words: '副本' },
    'POST /api/requests/:number/answers': {
      id: who,
      contacted: 'yes',
      solved: 'noAnswer',
      satisfied: 'noAnswer',
    },
  };
  const queries: Readonly<Record<string, string>> = {
    'POST /api/upstream/orders': 'system=city',
    'GET /whistles/new': `case=${c.caseId}`,
    'GET /api/registry': 'sort=unit',
    'POST /api/cases/:id/photos': 'commandId=photos',
  };
  return { params, query: queries[route] ?? '', body: bodies[route] ?? {} };
}
