import { EDITION_WORDS, RULING_WORDS } from '@gezhi/town';
import { emergencyNotice } from '../powers/emergency-notice.ts';
import { EMERGENCY_WORDS } from '../powers/emergency-words.ts';
import { POWERS_WORDS } from '../powers/powers-words.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';
import { ALGORITHM_WORDS } from '../words/algorithms-words.ts';
import { BREACH_PAGE_WORDS } from '../words/breach-words.ts';
import { CATALOGUE_WORDS } from '../words/catalogue-words.ts';
import { NOTICE_WORDS } from '../words/notice-words.ts';
import type { Words } from '../words/words.ts';
import { type Child, type Html, html } from './html.ts';
import { type Visit, withQuery } from './visit.ts';

export type Page = {
  readonly title: string;
  readonly body: Html;
  readonly active?: keyof Words['nav'];
  readonly refreshSeconds?: number;
  /** The address of a script of ours, without which the page works too. */
  readonly script?: string;
};

export const STYLE_PATH = '/assets/pages.css';
export const SEAL_PATH = '/assets/seal.svg';

/** A whole page: head, bar with the main ways, the body, foot. */
export function layout(visit: Visit, styleVersion: string, page: Page): string {
  const { w, town, lang } = visit;
  const refresh = page.refreshSeconds
    ? html`<meta http-equiv="refresh" content="${page.refreshSeconds}">`
    : undefined;
  return html`<!doctype html>
<html lang="${w.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${refresh}
<title>${page.title} · ${town.profile.name[lang]}</title>
<link rel="stylesheet" href="${STYLE_PATH}?v=${styleVersion}">
<link rel="icon" href="${SEAL_PATH}" type="image/svg+xml">
${page.script !== undefined && html`<script src="${page.script}" defer></script>`}
</head>
<body>
<a class="skip" href="#main">${w.skip}</a>
${bar(visit, page)}
<main id="main" tabindex="-1">
${emergencyNotice(visit)}${page.body}
</main>
${foot(visit)}
</body>
</html>
`.toString();
}

function bar(visit: Visit, page: Page): Html {
  const { w, town, lang, staff } = visit;
  const item = (key: keyof Words['nav'], href: string): Html =>
    html`<li><a href="${href}"${page.active === key && html` aria-current="page"`}>${w.nav[key]}</a></li>`;
  const other = lang === 'zh' ? 'en' : 'zh';
  return html`<header class="bar">
<div class="wrap">
<a class="brand" href="/"><img src="${SEAL_PATH}" alt="" width="40" height="40"><span>${town.profile.name[lang]} <small>${town.pack.scene.name[lang]}</small></span></a>
<a class="lang" href="${withQuery(visit.here, 'lang', other)}" lang="${other === 'zh' ? 'zh-CN' : 'en'}" hreflang="${other}">${w.otherLanguage}</a>
<nav aria-label="${w.menu}"><ul>${[
    item('home', '/'),
    item('report', '/report'),
    item('my', '/my'),
    staff ? item('queue', '/queue') : item('staff', '/staff'),
  ]}</ul></nav>
</div>
</header>
${staff ? signedIn(visit, staff.post.name, staff.formToken) : visit.account && administrating(visit, visit.account)}`;
}

function signedIn({ w, lang, account }: Visit, post: string, token: string): Html {
  return html`<aside class="who" aria-label="${ACCOUNT_WORDS[lang].account}"><div class="wrap"><p>${w.signedInAs(post)}${account && html` · <a href="/staff/account">${ACCOUNT_WORDS[lang].account}</a>`} · <a href="/breach">${BREACH_PAGE_WORDS[lang].link}</a></p>
<form method="post" action="/staff/out"><input type="hidden" name="form" value="${token}"><button class="quiet">${w.signOut}</button></form></div></aside>`;
}

/** Whoever is signed in and on no post: an administrator, or somebody who is still choosing. */
function administrating({ w, lang }: Visit, { sitting, formToken }: NonNullable<Visit['account']>): Html {
  const { account } = sitting;
  const words = ACCOUNT_WORDS[lang];
  return html`<aside class="who" aria-label="${words.account}"><div class="wrap"><p><a href="${account.role === 'staff' ? '/staff/posts' : '/admin'}">${account.role === 'staff' ? words.posts : words.roles[account.role]}</a> · ${words.signedIn(account.name)} · <a href="/staff/account">${words.account}</a>${account.role !== 'staff' && html` · <a href="/breach">${BREACH_PAGE_WORDS[lang].link}</a>`}</p>
<form method="post" action="/staff/out"><input type="hidden" name="form" value="${formToken}"><button class="quiet">${w.signOut}</button></form></div></aside>`;
}

function foot(visit: Visit): Html {
  const { w, town, installation } = visit;
  const others = [...installation.towns.values()].filter((t) => t.district !== town.district);
  const districts: Child =
    others.length > 0 &&
    html`<p>${w.districts}: ${others.map(
      (t) => html`<a href="/?district=${encodeURIComponent(t.district)}">${t.profile.name[visit.lang]}</a> `,
    )}</p>`;
  return html`<footer class="foot"><div class="wrap">
<p>${w.footer.about}</p>
${districts}
<p><a href="/knowledge">${w.knowledge.title}</a> · <a href="/topics">${w.topics.title}</a> · <a href="/editions">${EDITION_WORDS[visit.lang].pages.list}</a> · <a href="/rulings">${RULING_WORDS[visit.lang].title}</a> · <a href="/emergencies">${EMERGENCY_WORDS[visit.lang].title}</a> · <a href="/algorithms">${ALGORITHM_WORDS[visit.lang].title}</a> · <a href="/powers">${POWERS_WORDS[visit.lang].title}</a> · <a href="/privacy">${NOTICE_WORDS[visit.lang].link}</a></p>
<p>${w.footer.open}: <a href="/api/openapi.json">${w.footer.api}</a> · <a href="/open311/v2/discovery.json">${w.footer.open311}</a> · <a href="/catalogue">${CATALOGUE_WORDS[visit.lang].title}</a></p>
</div></footer>`;
}
