import { ADMIN_ROLES } from '@gezhi/accounts';
import { isValidAt, POST_KINDS, type Post } from '@gezhi/duty';
import { isMadeUp } from '../../made-up.ts';
import { textField } from '../kit/fields.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';
import { passwordField } from './account-pages.ts';

/** What was wrong with a try: with its token, or with its staff number and password. */
export type SignInError = { readonly token?: string; readonly account?: string; readonly name?: string };

/** Sign-in: by account, and in a made-up town by one press, by any post, or by a token. */
export function staffPage(visit: Visit, error: SignInError = {}): Page {
  const { w } = visit;
  const made = isMadeUp(visit);
  const body = html`<div class="wrap narrow"><h1>${w.staff.title}</h1>
${made && demoAccounts(visit)}
${accountForm(visit, error)}
${made && html`<details class="box"><summary>${ACCOUNT_WORDS[visit.lang].byPost}</summary>${posts(visit)}</details>`}
${made && tokenForm(visit, error.token)}</div>`;
  return { title: w.staff.title, body, active: 'staff' };
}

function accountForm({ lang, singleSignOn }: Visit, { account, name = '' }: SignInError): Html {
  const w = ACCOUNT_WORDS[lang];
  return html`<section aria-labelledby="account"><h2 id="account">${w.byPassword}</h2>
<form method="post" action="/staff" class="sheet">
${textField({ name: 'name', label: w.name, value: name, error: account, maxlength: 40, width: 'middle', autocomplete: 'username' })}
${passwordField({ name: 'password', label: w.password, value: '' }, 'current-password')}
<p><button class="go">${w.signIn}</button></p></form>
${singleSignOn && html`<form method="post" action="/staff/sso"><p><button>${w.bySso(singleSignOn[lang])}</button></p></form>`}
<p><a href="/staff/passkey">${w.byPasskey}</a></p></section>`;
}

/** One account for each role of the demo, entered by one press. */
function demoAccounts(visit: Visit): Html {
  const w = ACCOUNT_WORDS[visit.lang];
  const press = (field: string, value: string, label: string, small: string, action = '/staff'): Html =>
    html`<li><form method="post" action="${action}" class="row"><input type="hidden" name="${field}" value="${value}"><span><strong>${label}</strong> <small>${small}</small></span><button>${visit.w.staff.enter}</button></form></li>`;
  return html`<section aria-labelledby="demo" class="box"><h2 id="demo">${w.demoTitle}</h2><p class="note">${visit.w.staff.demo} ${w.demoLead}</p>
<ul class="accounts">${demoPosts(visit).map(({ code, name, kind, unit }) =>
    press(
      'post',
      code,
      visit.w.postKinds[kind],
      name.startsWith(unitName(unit, visit)) ? name : `${unitName(unit, visit)} ${name}`,
    ),
  )}${ADMIN_ROLES.map((role) => press('admin', role, w.roles[role], ''))}${press('resident', '1', w.demoResident, '', '/my/demo')}</ul></section>`;
}

/** A post for each role: where the town has none, there is none. */
function demoPosts({ town, now }: Visit): readonly Post[] {
  const all = [...town.posts.values()].filter(({ code }) =>
    town.staff.some((seat) => seat.post === code && isValidAt(seat, now)),
  );
  const unit = (post: Post) => town.units.get(post.unit);
  const wanted: readonly ((post: Post) => boolean)[] = [
    ({ kind }) => kind === 'seat',
    ({ kind }) => kind === 'dispatcher',
    (post) => post.kind === 'head' && /^(street|town|township)$/.test(unit(post)?.kind ?? ''),
    (post) => post.kind === 'desk' && unit(post)?.kind === 'department',
    ({ kind }) => kind === 'gridWorker',
    ({ kind }) => kind === 'checker',
    (post) => unit(post)?.kind === 'centre' && unit(post)?.level === 'district',
    (post) => post.kind === 'head' && unit(post)?.level === 'city',
  ];
  return [...new Set(wanted.flatMap((fits) => all.find(fits) ?? []))];
}

function tokenForm({ w }: Visit, error: string | undefined): Html {
  return html`<form method="post" action="/staff" class="sheet">
${textField({ name: 'token', label: w.staff.token, hint: w.staff.tokenHint, value: '', error, maxlength: 400 })}
<p><button>${w.staff.enter}</button></p></form>`;
}

function posts(visit: Visit): Html {
  const { w, town } = visit;
  const groups = Map.groupBy(town.posts.values(), (post) => post.kind);
  const first = ['seat', 'dispatcher', 'checker', 'desk', 'head', 'dutyPost'] as const;
  const kinds = [...first, ...POST_KINDS.filter((kind) => !first.some((f) => f === kind))];
  return html`${kinds.map((kind) => {
    const members = groups.get(kind) ?? [];
    return (
      members.length > 0 &&
      html`<form method="post" action="/staff" class="pick"><label for="p-${kind}">${w.postKinds[kind]} <small>${w.staff.people(members.length)}</small></label>
<div class="row"><select id="p-${kind}" name="post">${optionsOf(visit, members)}</select><button>${w.staff.enter}</button></div></form>`
    );
  })}`;
}

function optionsOf(visit: Visit, members: readonly Post[]): readonly Html[] {
  const byUnit = Map.groupBy(members, (post) => post.unit);
  return [...byUnit].map(
    ([unit, own]) =>
      html`<optgroup label="${unitName(unit, visit)}">${own.map(
        (post) => html`<option value="${post.code}">${post.name}</option>`,
      )}</optgroup>`,
  );
}
