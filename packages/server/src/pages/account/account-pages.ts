import type { NewFactor, Sitting } from '@gezhi/accounts';
import type { Actor } from '@gezhi/cases';
import { renderSVG } from 'uqr';
import { type Field, textField } from '../kit/fields.ts';
import { Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { momentOf, unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';

export const PASSKEY_SCRIPT = '/assets/passkey.js';

/** The second step of signing in. */
export function secondPage({ lang }: Visit, error?: string): Page {
  const w = ACCOUNT_WORDS[lang];
  const body = html`<div class="wrap narrow"><h1>${w.second}</h1><p class="lead">${w.secondLead}</p>
<form method="post" action="/staff/second" class="sheet">${codeField(w.code, error)}
<p><button class="go">${w.signIn}</button></p></form></div>`;
  return { title: w.second, body, active: 'staff' };
}

function codeField(label: string, error: string | undefined): Html {
  return textField({
    name: 'code',
    label,
    value: '',
    error,
    maxlength: 16,
    width: 'short',
    autocomplete: 'one-time-code',
  });
}

/** Signing in by a passkey, which needs a script; without it the page says so and leads back. */
export function passkeyPage({ lang }: Visit): Page {
  const w = ACCOUNT_WORDS[lang];
  const body = html`<div class="wrap narrow"><h1>${w.byPasskey}</h1><p class="lead">${w.passkeysLead}</p>
<form data-passkey="use" class="sheet" hidden><p><button class="go">${w.byPasskey}</button></p><p class="error" role="alert" hidden></p></form>
<p><a href="/staff">${w.byPassword}</a></p></div>`;
  return { title: w.byPasskey, body, active: 'staff', script: PASSKEY_SCRIPT };
}

/** Asks for the password before a second factor is made. */
export function factorPage(
  { lang }: Visit,
  formToken: string,
  { asksPassword, error }: { readonly asksPassword: boolean; readonly error?: string },
): Page {
  const w = ACCOUNT_WORDS[lang];
  const body = html`<div class="wrap narrow"><h1>${w.factor}</h1><p class="lead">${w.factorLead}</p>
<form method="post" action="/staff/factor" class="sheet">${hidden(formToken)}
${asksPassword && passwordField({ name: 'password', label: w.password, hint: w.factorAsk, value: '', error }, 'current-password')}
<p><button class="go">${w.factorGo}</button></p></form></div>`;
  return { title: w.factor, body, active: 'staff' };
}

/** The new second factor, shown once: as a picture, as a key, with the codes for when it is lost. */
export function newFactorPage(visit: Visit, formToken: string, factor: NewFactor): Page {
  const w = ACCOUNT_WORDS[visit.lang];
  const key = factor.secret.match(/.{1,4}/g)?.join(' ') ?? '';
  const body = html`<div class="wrap narrow"><h1>${w.factor}</h1><p class="lead">${w.factorLead}</p>
<div class="sheet"><div class="qr" role="img" aria-label="${w.factorLead}">${pictureOf(factor.uri)}</div>
<p>${w.factorKey} <code>${key}</code></p>
<h2>${w.backup}</h2><p class="hint">${w.backupLead}</p>
<ul class="codes">${factor.backupCodes.map((code) => html`<li><code>${code}</code></li>`)}</ul></div>
${confirmForm(visit, formToken)}</div>`;
  return { title: w.factor, body, active: 'staff' };
}

/** Asks for the first code of a new second factor again. */
export function confirmFactorPage(visit: Visit, formToken: string, error: string): Page {
  const w = ACCOUNT_WORDS[visit.lang];
  const body = html`<div class="wrap narrow"><h1>${w.factor}</h1>${confirmForm(visit, formToken, error)}</div>`;
  return { title: w.factor, body, active: 'staff' };
}

function confirmForm({ lang }: Visit, formToken: string, error?: string): Html {
  const w = ACCOUNT_WORDS[lang];
  return html`<form method="post" action="/staff/factor/confirm" class="sheet">${hidden(formToken)}<p>${w.factorConfirm}</p>
${codeField(w.code, error)}<p><button class="go">${w.factorDone}</button></p></form>`;
}

/** The address as a picture of ours: what is in it is sent to nobody. The library draws digits and paths only. */
function pictureOf(uri: string): Html {
  return new Html(renderSVG(uri, { border: 2 }));
}

/** The posts that somebody sits on; one is chosen. */
export function postsPage(visit: Visit, sitting: Sitting, formToken: string, posts: readonly Actor[]): Page {
  const { lang, town } = visit;
  const w = ACCOUNT_WORDS[lang];
  const rows = posts.map(({ post }) => {
    const { name = post, unit = '' } = town.posts.get(post) ?? {};
    return html`<li><form method="post" action="/staff/posts" class="row">${hidden(formToken)}<input type="hidden" name="post" value="${post}">
<span><strong>${name}</strong> <small>${unitName(unit, visit)}</small></span><button class="${sitting.post !== post && 'go'}">${w.choose}</button></form></li>`;
  });
  const body = html`<div class="wrap narrow"><h1>${w.posts}</h1>
<p class="lead">${posts.length === 0 ? w.noPosts : w.postsLead}</p><ul class="accounts">${rows}</ul></div>`;
  return { title: w.posts, body, active: 'staff' };
}

export type AccountShown = {
  readonly sittings: readonly Sitting[];
  readonly passkeys: readonly Passkey[];
  /** Why the password was not changed. */
  readonly error?: string;
};

export type Passkey = { readonly id: string; readonly label: string; readonly madeAt: number };

/** One's own account: browsers that are signed in, passkeys. */
export function accountPage(
  visit: Visit,
  sitting: Sitting,
  formToken: string,
  { sittings, passkeys, error }: AccountShown,
): Page {
  const w = ACCOUNT_WORDS[visit.lang];
  const rows = sittings.map(
    (
      one,
    ) => html`<tr><td>${one.id === sitting.id ? html`<strong>${w.thisOne}</strong>` : (one.browser ?? '')}</td>
<td>${momentOf(one.openedAt, visit)}</td><td>${momentOf(one.seenAt, visit)}</td>
<td><form method="post" action="/staff/account/revoke">${hidden(formToken)}<input type="hidden" name="id" value="${one.id}"><button class="quiet">${w.revoke}</button></form></td></tr>`,
  );
  const body = html`<div class="wrap"><h1>${w.account}</h1>
<p class="lead">${w.signedIn(sitting.account.name)} · ${w.roles[sitting.account.role]} · <a href="/staff/posts">${w.posts}</a></p>
<section aria-labelledby="sessions"><h2 id="sessions">${w.sessions}</h2><p class="hint">${w.sessionsLead}</p>
<div class="scroll"><table><thead><tr><th scope="col">${w.browser}</th><th scope="col">${w.since}</th><th scope="col">${w.seen}</th><td></td></tr></thead><tbody>${rows}</tbody></table></div></section>
${passkeyList(visit, formToken, passkeys)}
<section aria-labelledby="password"><h2 id="password">${w.change}</h2><form method="post" action="/staff/account/password">${hidden(formToken)}
${passwordField({ name: 'before', label: w.before, value: '', error }, 'current-password')}
${passwordField({ name: 'next', label: w.next, hint: w.weak, value: '' }, 'new-password')}<p><button>${w.change}</button></p></form></section></div>`;
  return { title: w.account, body, active: 'staff', script: PASSKEY_SCRIPT };
}

function passkeyList(visit: Visit, formToken: string, passkeys: readonly Passkey[]): Html {
  const w = ACCOUNT_WORDS[visit.lang];
  const rows = passkeys.map(
    ({ id, label, madeAt }) =>
      html`<li><form method="post" action="/staff/account/passkey" class="row">${hidden(formToken)}<input type="hidden" name="id" value="${id}"><span>${label} <small>${momentOf(madeAt, visit)}</small></span><button class="quiet">${w.takeAway}</button></form></li>`,
  );
  return html`<section aria-labelledby="passkeys"><h2 id="passkeys">${w.passkeys}</h2><p class="hint">${w.passkeysLead}</p>
<ul class="accounts">${rows.length === 0 ? html`<li>${w.noPasskeys}</li>` : rows}</ul>
<form data-passkey="add" hidden>${hidden(formToken)}${textField({ name: 'label', label: w.passkeyLabel, value: '', maxlength: 40, width: 'middle' })}
<p><button>${w.addPasskey}</button></p><p class="error" role="alert" hidden></p></form></section>`;
}

/** Sets the password of an account, by a link. */
export function linkPage(
  { lang }: Visit,
  { name, key, error }: { readonly name: string; readonly key: string; readonly error?: string | undefined },
): Page {
  const w = ACCOUNT_WORDS[lang];
  const body = html`<div class="wrap narrow"><h1>${w.link}</h1><p class="lead">${w.linkLead(name)}</p>
<form method="post" action="/staff/link" class="sheet"><input type="hidden" name="key" value="${key}">
<input type="hidden" name="name" value="${name}" autocomplete="username">
${passwordField({ name: 'password', label: w.password, value: '', error }, 'new-password')}
${passwordField({ name: 'again', label: w.again, value: '' }, 'new-password')}
<p><button class="go">${w.factorGo}</button></p></form></div>`;
  return { title: w.link, body, active: 'staff' };
}

export function linkOverPage({ lang }: Visit): Page {
  const w = ACCOUNT_WORDS[lang];
  return {
    title: w.link,
    body: html`<div class="wrap narrow"><h1>${w.link}</h1><p class="note">${w.linkOver}</p></div>`,
    active: 'staff',
  };
}

export function passwordField(field: Field, autocomplete: 'current-password' | 'new-password'): Html {
  return textField({ ...field, type: 'password', autocomplete, maxlength: 128 });
}

export function hidden(formToken: string): Html {
  return html`<input type="hidden" name="form" value="${formToken}">`;
}
