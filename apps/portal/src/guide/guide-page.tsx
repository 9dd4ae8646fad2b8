import type { GuideItem } from '@gezhi/contract';
import { useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Here, type Position } from '../report/here.tsx';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { GUIDE_WORDS } from '../words/guide/words.ts';

/** What somebody can apply for: what, where near me, with which papers, how long. */
export function GuidePage(): ReactNode {
  const w = useWords(GUIDE_WORDS);
  const [point, setPoint] = useState<Position>();
  const guide = useCall('getGuide', { query: point ?? {} }, { staleTime: 600_000 });
  return (
    <main className="page" id="main">
      <h1>{w.title}</h1>
      <p className="lead">{w.lead}</p>
      <div className="screen">
        <Here point={point} onChange={setPoint} />
      </div>
      {guide.isPending && <Loading />}
      {guide.error && <Trouble error={guide.error} onAgain={() => void guide.refetch()} />}
      {guide.data?.items.length === 0 && <p className="note">{w.none}</p>}
      {guide.data?.items.map((item) => (
        <Item key={item.id} item={item} />
      ))}
    </main>
  );
}

function Item({ item }: { readonly item: GuideItem }): ReactNode {
  const w = useWords(GUIDE_WORDS);
  const { language } = useLanguage();
  const { name, what, who, papers, term, promised, fee, where, hours, basis, online } = item;
  return (
    <details className="sheet item">
      <summary>
        <h2>{name[language]}</h2>
      </summary>
      <p>{what[language]}</p>
      {online && <p>{online[language]}</p>}
      <dl>
        <dt>{w.who}</dt>
        <dd>{who[language]}</dd>
        <dt>{w.papers}</dt>
        <dd>
          <ul>
            {papers.map((paper) => (
              <li key={paper.zh}>{paper[language]}</li>
            ))}
          </ul>
        </dd>
        <dt>{w.term}</dt>
        <dd>
          {term[language]}
          {promised && ` · ${w.promised} ${promised[language]}`}
        </dd>
        <dt>{w.fee}</dt>
        <dd>{fee[language]}</dd>
        <dt>{w.where}</dt>
        <dd>
          <ul>
            {where.map((place) => (
              <li key={place.name}>
                {place.name} {place.phone && <a href={`tel:${place.phone}`}>{place.phone}</a>}
              </li>
            ))}
          </ul>
        </dd>
        <dt>{w.hours}</dt>
        <dd>{hours[language]}</dd>
        <dt>{w.basis}</dt>
        <dd lang="zh-CN">{basis}</dd>
      </dl>
      <p className="screen">
        <button type="button" onClick={() => print()}>
          {w.print}
        </button>
      </p>
    </details>
  );
}
