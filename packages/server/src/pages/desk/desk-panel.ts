import { HANDED_TO } from '@gezhi/cases';
import type { DraftReading } from '@gezhi/contract';
import { choiceField, type Option, type Sent, selectField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Visit } from '../kit/visit.ts';
import { DESK_WORDS } from '../words/desk-words.ts';
import { nameIn } from '../words/words.ts';

/** What was read in a draft, beside the form: proposals to pick from. The same markup with and without a script. */
export function deskPanel(visit: Visit, sent: Sent, reading: DraftReading | undefined): Html {
  if (!reading) return html`<p class="empty">${DESK_WORDS[visit.lang].lead}</p>`;
  return html`${danger(visit, sent, reading)}
${kinds(visit, sent, reading)}
${places(visit, sent, reading)}
${same(visit, reading)}
${knowledge(visit, reading)}`;
}

function danger(visit: Visit, sent: Sent, { urgent }: DraftReading): Html {
  const words = DESK_WORDS[visit.lang];
  const items = urgent.because.map(
    ({ name, words: said, doubt }) =>
      html`<li><strong>${name[visit.lang]}</strong> “${said}”${doubt !== undefined && html` <small>${words.doubt}</small>`}</li>`,
  );
  const not = urgent.turnedDown.map(
    ({ words: said, byWords }) => html`<li><small>“${byWords}…${said}” ${words.notSo}</small></li>`,
  );
  const toReceivers = urgent.to.filter((to) => (HANDED_TO as readonly string[]).includes(to));
  const others = urgent.to.filter((to) => !toReceivers.includes(to));
  const list = (codes: readonly string[]): string =>
    codes
      .map((code) => nameIn({ ...words.receivers, ...words.services }, code))
      .join(visit.lang === 'zh' ? '、' : ', ');
  const options: readonly Option[] = [
    { value: '', label: words.handOffNone },
    ...HANDED_TO.filter((to) => to !== 'mandatoryReport').map((value) => ({ value, label: value })),
  ];
  const isDanger = urgent.level !== 'none';
  return html`<section class="${isDanger ? 'alert' : 'reading'}" aria-labelledby="danger"${isDanger && html` role="alert"`}>
<h2 id="danger">${urgent.level === 'urgent' ? words.urgent : words.danger}</h2>
${isDanger ? html`<ul>${items}</ul>` : html`<p>${words.calm}</p>`}${not.length > 0 && html`<ul>${not}</ul>`}
${isDanger && urgent.level === 'handOff' && toReceivers.length > 0 && html`<p>${words.goesTo} <strong>${list(toReceivers)}</strong></p>`}
${others.length > 0 && html`<p>${words.alsoTell} <strong>${list(others)}</strong></p>`}
${selectField({ name: 'handOff', label: words.handOff, value: sent.get('handOff'), options })}</section>`;
}

function kinds(visit: Visit, sent: Sent, { kinds: read, askKind }: DraftReading): Html {
  const words = DESK_WORDS[visit.lang];
  const { town, lang } = visit;
  const reasons = (because: readonly string[], probability: number | null): string =>
    [
      because.length > 0 ? `${words.because} ${because.join(lang === 'zh' ? '、' : ', ')}` : '',
      probability === null ? '' : `${Math.round(probability * 100)}%`,
    ]
      .filter(Boolean)
      .join(' · ');
  const proposed = read.map(({ kind, name, because, probability }) => ({
    value: kind,
    label: name[lang],
    hint: reasons(because, probability),
  }));
  const later = { value: '', label: words.laterKind };
  const rest = town.pack.kinds.filter(({ code }) => !read.some(({ kind }) => kind === code));
  const picked = sent.get('kind');
  return html`<section class="reading">${askKind && html`<p class="note">${words.askKind}</p>`}
${choiceField({ name: 'kind', label: words.kind, options: [...proposed, later], chosen: [picked] })}
${selectField({
  name: 'otherKind',
  label: words.otherKinds,
  value: sent.get('otherKind'),
  options: [{ value: '', label: '–' }, ...rest.map(({ code, name }) => ({ value: code, label: name[lang] }))],
})}</section>`;
}

function places(visit: Visit, sent: Sent, { places: read, askPlace }: DraftReading): Html {
  const words = DESK_WORDS[visit.lang];
  const options = read.map(({ id, name, above, said }) => ({
    value: id,
    label: name,
    hint: [above.length > 0 ? above.join(' › ') : '', said ? `${words.because} ${said}` : '']
      .filter(Boolean)
      .join(' · '),
  }));
  const none = { value: '', label: words.byWords };
  return html`<section class="reading">${askPlace && html`<p class="note">${words.askPlace}</p>`}
${choiceField({ name: 'pickedPlace', label: words.places, options: [...options, none], chosen: [sent.get('pickedPlace')] })}</section>`;
}

function same(visit: Visit, { same: found, urgent }: DraftReading): Html {
  const words = DESK_WORDS[visit.lang];
  const items = found.map(
    (
      { caseId, chance, resend, kind, place, requests, own },
      i,
    ) => html`<li><input type="hidden" name="shown" value="${caseId}">${own && html`<em>${words.own}</em> `}<strong>${kind[visit.lang]}</strong> · ${place}
<small>${words.chance(Math.round(chance * 100))} · ${words.people(requests)}${resend && ` · ${words.resend}`}</small>
<span class="row"><button name="join" value="${caseId}"${i === 0 && urgent.level !== 'handOff' && html` data-key="F9"`}>${words.join}</button> <a href="/cases/${caseId}" target="_blank" rel="noopener">${words.open}</a></span></li>`,
  );
  return html`<section class="reading" aria-labelledby="same"><h2 id="same">${words.same}</h2>
${items.length > 0 ? html`<ol>${items}</ol>` : html`<p>${words.noSame}</p>`}</section>`;
}

function knowledge(visit: Visit, { knowledge: found }: DraftReading): Child {
  const words = DESK_WORDS[visit.lang];
  const items = found.map(
    ({ question, answer }) => html`<details><summary>${question}</summary><p>${answer}</p></details>`,
  );
  return html`<section class="reading" aria-labelledby="known"><h2 id="known">${words.knowledge}</h2>
${items.length > 0 ? items : html`<p>${words.noKnowledge}</p>`}</section>`;
}
