import type { Policy, PowerRow } from '@gezhi/powers';
import { type PublishedList, powerLists } from '@gezhi/town';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Visit } from '../kit/visit.ts';
import { POWERS_WORDS } from './powers-words.ts';

/** The published power lists, by power or by role, each entry with its legal basis, and as the policies that run. */
export function powersPage(visit: Visit, by: 'power' | 'role'): Page {
  const words = POWERS_WORDS[visit.lang];
  const tab = (name: typeof by, label: string): Html =>
    html`<li><a href="/powers?by=${name}"${name === by && html` aria-current="page"`}>${label}</a></li>`;
  const body = html`<div class="wrap">
<h1>${words.title}</h1><p class="lead">${words.lead}</p>
<nav class="tabs" aria-label="${words.title}"><ul>${tab('power', words.byPower)}${tab('role', words.byRole)}</ul></nav>
${powerLists(visit.town).map((list) => section(visit, list, by))}
<p class="small">${words.data}: <a href="/api/powers">/api/powers</a></p></div>`;
  return { title: words.title, body };
}

type Entry = { readonly policy: Policy; readonly who: string };

function section(visit: Visit, list: PublishedList, by: 'power' | 'role'): Html {
  const words = POWERS_WORDS[visit.lang];
  const entries = list.policies.map((policy) => ({ policy, who: whoOf(visit, list.scene, policy) }));
  const groups = by === 'power' ? groupsByPower(visit, list, entries) : groupsByRole(entries);
  return html`<section aria-labelledby="s-${list.scene}"><h2 id="s-${list.scene}">${list.name[visit.lang]}</h2>
${groups.map(([name, of]) => html`<h3>${name}</h3>${table(visit, of, by)}`)}
<details><summary>${words.asPolicies}</summary><pre>${list.policies.map(({ cedar }) => cedar).join('\n\n')}</pre></details></section>`;
}

type Groups = readonly (readonly [name: string, entries: readonly Entry[]])[];

/** Each power that is named, with what speaks of it alone; what speaks of every power comes first. */
function groupsByPower({ lang }: Visit, { powers }: PublishedList, entries: readonly Entry[]): Groups {
  const all = entries.filter(({ policy }) => policy.powers === undefined);
  const named = powers.map(
    (power) => [power, entries.filter(({ policy }) => covers(policy, power))] as const,
  );
  return [[POWERS_WORDS[lang].all, all] as const, ...named].filter(([, of]) => of.length > 0);
}

function covers({ powers = [] }: Policy, power: string): boolean {
  return powers.some((name) => name === power || (name.endsWith('.') && `${power}.`.startsWith(name)));
}

function groupsByRole(entries: readonly Entry[]): Groups {
  const names = [...new Set(entries.map(({ who }) => who))].sort();
  return names.map((name) => [name, entries.filter(({ who }) => who === name)] as const);
}

/** Whom a policy is about: its conditions in words, codes of kinds as the town writes them. */
function whoOf({ town, lang }: Visit, scene: string, { id }: Policy): string {
  const words = POWERS_WORDS[lang];
  const { permits, forbids } = (town.packs.get(scene) ?? town.pack).powers;
  const row = [...permits, ...forbids].find((one) => one.id === id);
  if (!row) return words.written;
  const parts = (['roles', 'unitLevels', 'unitKinds', 'postKinds', 'kinds'] as const).flatMap((key) =>
    listOf(row, key),
  );
  return (
    [...parts, words.relations[row.relation], row.during && words.during].filter(Boolean).join(' · ') ||
    words.anybody
  );
}

function listOf(
  row: PowerRow,
  key: 'roles' | 'unitLevels' | 'unitKinds' | 'postKinds' | 'kinds',
): readonly string[] {
  const list = row[key];
  return list ? [list.join(', ')] : [];
}

function table({ lang }: Visit, entries: readonly Entry[], by: 'power' | 'role'): Html {
  const words = POWERS_WORDS[lang];
  const head = by === 'power' ? words.who : words.power;
  return html`<table class="list"><thead><tr><th scope="col">${head}</th><th scope="col">${words.says}</th><th scope="col">${words.basis}</th></tr></thead>
<tbody>${entries.map(
    ({ policy: { effect, powers, because }, who }) =>
      html`<tr><th scope="row">${effect === 'permit' ? words.permits : words.forbids}: ${by === 'power' ? who : (powers?.join(', ') ?? words.all)}</th>
<td data-label="${words.says}">${because.text[lang]}</td><td data-label="${words.basis}">${because.basis}</td></tr>`,
  )}</tbody></table>`;
}
