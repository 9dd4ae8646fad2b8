import { randomUUID } from 'node:crypto';
import {
  choiceField,
  errorSummary,
  type Option,
  type Sent,
  selectField,
  textArea,
  textField,
} from '../kit/fields.ts';
import { flag, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Visit } from '../kit/visit.ts';
import { askForm } from '../knowledge/knowledge-page.ts';
import { communitiesOf, REPORT_WAYS, type ReportError } from './report-form.ts';

/** The form for a report; what was sent before stands in it again, each error beside its field. */
export function reportPage(visit: Visit, sent: Sent, errors: readonly ReportError[]): Page {
  const { w, town } = visit;
  const r = w.report;
  const found = (field: string): string | undefined => errors.find((e) => e.field === field)?.text;
  const at = (name: string, label: string, hint?: string) => ({
    name,
    label,
    value: sent.get(name),
    error: found(name),
    ...(hint ? { hint } : {}),
  });
  const body = html`<div class="wrap narrow">
<h1>${r.title}</h1>
<p class="lead">${r.lead}</p>
${town.profile.codes === 'cn' && html`<p class="warn"><strong>${r.danger}</strong></p>`}
<details class="box knowledge"><summary>${w.knowledge.maybe}</summary><p class="hint">${w.knowledge.maybeHint}</p>${askForm(visit, '', '')}</details>
${errorSummary(w.form.wrong, errors)}
<form method="post" action="/report" class="sheet">
<input type="hidden" name="id" value="${sent.get('id') || randomUUID()}">
<h2>${r.what}</h2>
${textArea({ ...at('words', r.words, r.wordsHint), rows: 5 })}
${selectField({ ...at('kind', r.kind + w.form.optional), options: kindOptions(visit) })}
<h2>${r.where}</h2>
${textField(at('placeText', r.placeText + w.form.optional, r.placeTextHint))}
${selectField({ ...at('community', r.community + w.form.optional, r.communityHint), options: communityOptions(visit) })}
${contact(visit, sent, at)}
<h2>${r.publicity}</h2>
${publicity(visit, sent)}
<p><button class="go">${r.send}</button></p>
</form></div>`;
  return { title: r.title, body, active: 'report' };
}

type At = (name: string, label: string, hint?: string) => Parameters<typeof textField>[0];

function contact({ w }: Visit, sent: Sent, at: At): Html {
  const r = w.report;
  const ways = REPORT_WAYS.map((way) => ({ value: way, label: way === 'none' ? r.wayNone : w.ways[way] }));
  const error = at('way', '').error;
  return html`<h2>${r.who}</h2>
<p class="hint">${r.whoHint}</p>
${choiceField({ name: 'way', label: r.way, options: ways, chosen: [sent.get('way') || 'none'], inline: true, error })}
<div class="field"><div class="choices"><div class="choice"><input type="checkbox" id="f-child" name="child" value="yes"${flag('checked', sent.get('child') === 'yes')}><label for="f-child">${r.child}<small>${r.childHint}</small></label></div></div></div>
${textField({ ...at('name', r.name + w.form.optional), autocomplete: 'name', width: 'middle' })}
${textField({ ...at('address', r.address + w.form.optional), autocomplete: 'tel', width: 'middle' })}
<div class="pair">${textField(at('hours', r.hours + w.form.optional, r.hoursHint))}
${textField({ ...at('language', r.language + w.form.optional), width: 'middle' })}</div>`;
}

function publicity({ w }: Visit, sent: Sent): Html {
  const r = w.report;
  const isPublic = sent.get('publicity') === 'public';
  return html`<div class="field"><div class="choices">
<div class="choice"><input type="radio" id="f-private" name="publicity" value="private"${flag('checked', !isPublic)}><label for="f-private">${r.private}</label></div>
<div class="choice"><input type="radio" id="f-public" name="publicity" value="public"${flag('checked', isPublic)}><label for="f-public">${r.public}<small>${r.publicHint}</small></label></div>
</div></div>`;
}

function kindOptions({ w, town, lang }: Visit): readonly Option[] {
  const kinds = town.pack.kinds.map(({ code, name }) => ({ value: code, label: name[lang] }));
  return [{ value: '', label: w.form.notSure }, ...kinds];
}

function communityOptions({ w, town }: Visit): readonly Option[] {
  const places = communitiesOf(town).map(({ place, above }) => ({
    value: place.code,
    label: place.name,
    group: above?.name ?? '',
  }));
  return [{ value: '', label: w.form.choose }, ...places];
}
