import type { Application, Case } from '@gezhi/cases';
import { listRulings, type RulingRow } from '@gezhi/storage';
import { dutyLines, RULING_WORDS, rulingName, streetOf } from '@gezhi/town';
import { isTold } from '../../views/ruling-view.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, placeName, unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';

export type RulingsShown = {
  readonly rulings: readonly RulingRow[];
  readonly next: number | undefined;
  /** Whether the reader may adopt and withdraw. */
  readonly decides: boolean;
  readonly news?: { readonly done: true } | { readonly refused: string };
};

/** Every ruling, for everybody: kind, street, from whom to whom, by which basis, and whether the catalogue holds it. */
export function rulingsPage(visit: Visit, shown: RulingsShown): Page {
  const w = RULING_WORDS[visit.lang];
  const { news, rulings, next } = shown;
  const body = html`<div class="wrap">
<h1>${w.title}</h1><p class="lead">${w.lead}</p>
${news && 'done' in news && html`<p class="good" role="status">${w.done}</p>`}
${news && 'refused' in news && html`<p class="error" role="alert">${news.refused}</p>`}
${rulings.length === 0 ? html`<p class="empty">${w.none}</p>` : table(visit, shown)}
${next !== undefined && html`<p class="row"><a class="button" href="/rulings?before=${next}">${w.older}</a></p>`}
</div>`;
  return { title: w.title, body };
}

function table(visit: Visit, { rulings, decides }: RulingsShown): Html {
  const w = RULING_WORDS[visit.lang];
  const heads = [w.number, w.line, w.fromTo, w.basis, w.state];
  return html`<table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rulings.map((r) => row(visit, r, decides))}</tbody></table>`;
}

function row(visit: Visit, r: RulingRow, decides: boolean): Html {
  const w = RULING_WORDS[visit.lang];
  const name = rulingName(r.number);
  return html`<tr id="${name}"><th scope="row">${name}${r.final && html` <small>${w.final}</small>`}</th>
<td data-label="${w.line}">${kindName(r.kind, visit)}<small>${placeName(r.place, visit)}</small></td>
<td data-label="${w.fromTo}">${r.fromUnit ? unitName(r.fromUnit, visit) : w.nobody} → ${unitName(r.toUnit, visit)}</td>
<td data-label="${w.basis}">${r.basis}<small>${momentOf(r.at, visit)}</small></td>
<td data-label="${w.state}">${w.states[r.state]}<small>${w.appliedTimes(r.applied)}</small>${decides && decideForm(visit, r)}</td></tr>`;
}

function decideForm(visit: Visit, r: RulingRow): Child {
  const w = RULING_WORDS[visit.lang];
  if (r.state === 'withdrawn') return undefined;
  const name = rulingName(r.number);
  return html`<details class="act"><summary>${w.decide}</summary><form method="post" action="/rulings/${name}">
<input type="hidden" name="form" value="${visit.staff?.formToken}">
<div class="field"><label for="basis-${name}">${w.basis}</label><input id="basis-${name}" name="basis" type="text" maxlength="500" value="${r.basis}"></div>
<p class="row">${r.state === 'proposed' && html`<button class="go" name="act" value="adopted">${w.adopt}</button> `}<button name="act" value="withdrawn">${w.withdraw}</button></p></form></details>`;
}

/** Past rulings on the same kind and street as a case, the newest first. */
export async function pastRulings(visit: Visit, c: Case): Promise<readonly RulingRow[]> {
  const { town } = visit;
  const { place } = streetOf(town, c);
  const rows = await listRulings(town.db.pool, town.district, { kind: c.kind, places: [place] }, 10);
  return rows.filter((row) => isTold(town, row));
}

/** What an arbiter reads above the ruling on an objection: the lines of the power list, past rulings, and whether this one is final. */
export function beforeRuling(visit: Visit, c: Case, past: readonly RulingRow[]): Html {
  const w = RULING_WORDS[visit.lang];
  const lines = dutyLines(visit.town, c, visit.now);
  const objections = (c.applications ?? []).filter((a: Application) => a.about === 'objection').length;
  return html`${objections >= 2 && html`<p class="alert">${w.finalNow}</p>`}
<h4>${w.linesTitle}</h4>${
    lines.length === 0
      ? html`<p>${w.noLines}</p>`
      : html`<ul class="duty-lines">${lines.map(
          ({ unit, role, kind, place, basis }) =>
            html`<li><strong>${unitName(unit, visit)}</strong> · ${w.roles[role]} · ${kind === '*' ? '*' : kindName(kind, visit)} · ${place === '*' ? w.anywhere : placeName(place, visit)}<br><small>${basis}</small></li>`,
        )}</ul>`
  }
<h4>${w.pastTitle}</h4>${
    past.length === 0
      ? html`<p>${w.noPast}</p>`
      : html`<ul class="past-rulings">${past.map(
          (r) =>
            html`<li><a href="/rulings#${rulingName(r.number)}">${rulingName(r.number)}</a> · ${unitName(r.fromUnit, visit)} → ${unitName(r.toUnit, visit)} · ${w.states[r.state]} · ${w.appliedTimes(r.applied)}<br><small>${r.basis}</small></li>`,
        )}</ul>`
  }`;
}
