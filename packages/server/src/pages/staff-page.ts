import { POST_KINDS, type Post } from '@gezhi/duty';
import { textField } from './fields.ts';
import { type Html, html } from './html.ts';
import type { Page } from './layout.ts';
import { unitName } from './say.ts';
import type { Visit } from './visit.ts';

/**
 * Whether the town is made up, so that its posts may be entered by anybody: GB/T 2260 gives no province the number 99, and a real
 * town never bears it.
 */
export function isMadeUp({ town }: Pick<Visit, 'town'>): boolean {
  return town.profile.codes === 'cn' && town.district.startsWith('99');
}

/** Sign-in: by token, and in a made-up town by picking a post. */
export function staffPage(visit: Visit, error?: string): Page {
  const { w } = visit;
  const body = html`<div class="wrap narrow"><h1>${w.staff.title}</h1>
${isMadeUp(visit) && posts(visit)}
<form method="post" action="/staff" class="sheet">
${textField({ name: 'token', label: w.staff.token, hint: w.staff.tokenHint, value: '', error, maxlength: 400 })}
<p><button class="${!isMadeUp(visit) && 'go'}">${w.staff.enter}</button></p></form></div>`;
  return { title: w.staff.title, body, active: 'staff' };
}

function posts(visit: Visit): Html {
  const { w, town } = visit;
  const groups = Map.groupBy(town.posts.values(), (post) => post.kind);
  const first = ['seat', 'dispatcher', 'checker', 'desk', 'head', 'dutyPost'] as const;
  const kinds = [...first, ...POST_KINDS.filter((kind) => !first.some((f) => f === kind))];
  return html`<p class="note">${w.staff.demo}</p>
${kinds.map((kind) => {
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
