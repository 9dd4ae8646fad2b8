import type { Answer } from '@gezhi/ui';
import { ProblemError, useSend, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import { wayThrough } from '../outbox/ahead.ts';
import { WORDS } from '../words/words.ts';
import { Icon } from './icon.tsx';
import { useDo } from './use-do.ts';
import type { Working } from './working.ts';

/** Who asked, and how to be in touch with them; only while the matter is in the hands of this unit. */
export function Requesters({ working }: { readonly working: Working }): ReactNode {
  const w = useWords(WORDS);
  const { c, now } = working;
  if (c.requests.length === 0 || !c.isOurs) return null;
  return (
    <section>
      <h2 className="small">{w.one.requesters}</h2>
      <ul className="plain">
        {c.requests.map(({ number }) => (
          <li key={number} className="requester">
            <Requester working={working} number={number} />
            {now.contacted.has(number) && (
              <span className="tag good">
                <Icon name="check" />
                {w.one.contacted}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="hint">{w.one.callMore}</p>
    </section>
  );
}

type RequesterProps = { readonly working: Working; readonly number: string };

/** One who asked: the number is looked up for the purpose of handling, and held by this page alone. */
function Requester({ working: { c }, working, number }: RequesterProps): ReactNode {
  const w = useWords(WORDS);
  const { online } = useKeeper();
  const look = useSend('readContact');
  const phones = look.data ? phonesIn(look.data) : [];
  return (
    <div>
      <code>{sayNumber(number)}</code>
      <div className="buttons">
        {phones.map((phone) => (
          <a key={phone} className="button primary" href={`tel:${phone}`}>
            <Icon name="phone" />
            {phone}
          </a>
        ))}
        {!look.data && (
          <button
            type="button"
            disabled={!online || look.isPending}
            onClick={() => look.mutate({ params: { id: c.caseId }, body: { number, purpose: 'handle' } })}
          >
            <Icon name="phone" />
            {look.isPending ? w.one.calling : w.one.call}
          </button>
        )}
        <Told working={working} number={number} called={look.data !== undefined} />
      </div>
      {!online && <p className="hint">{w.one.needNet}</p>}
      {look.data && phones.length === 0 && <p className="hint">{w.one.noNumber}</p>}
      {look.error instanceof ProblemError && (
        <p className="error" role="alert">
          {look.error.message} {look.error.remedy}
        </p>
      )}
    </div>
  );
}

/** How it went. Who is in touch with somebody has taken the matter on, so that is accepted first. */
function Told({
  working: { c, now, process, actions },
  number,
  called,
}: RequesterProps & { readonly called: boolean }): ReactNode {
  const w = useWords(WORDS);
  const act = useDo(c);
  const wayBy = (by: 'phone' | 'visit'): ReturnType<typeof wayThrough> => {
    const contact = { act: 'contact', input: { number, way: by } };
    const accept = { act: 'accept', input: {} };
    return wayThrough(process, now, c.may, [contact]) ?? wayThrough(process, now, c.may, [accept, contact]);
  };
  const [phoned, met] = [wayBy('phone'), wayBy('visit')];
  const note = actions.find((action) => action.act === 'note');
  return (
    <>
      {called && phoned && (
        <button type="button" onClick={() => void act(phoned)}>
          {w.one.reached}
        </button>
      )}
      {called && note && (
        <button
          type="button"
          onClick={() => void act([{ action: note, input: { words: w.one.notReachedNote } }])}
        >
          {w.one.notReached}
        </button>
      )}
      {met && !now.contacted.has(number) && (
        <button type="button" onClick={() => void act(met)}>
          {w.one.inPerson}
        </button>
      )}
    </>
  );
}

function phonesIn({ contact, requester, reportedBy }: Answer<'readContact'>): readonly string[] {
  const ways = [contact, requester, reportedBy].flatMap((person) => person?.reachMe ?? []);
  const phones = ways.flatMap(({ way, address }) =>
    address && (way === 'phone' || way === 'sms') ? [address] : [],
  );
  return [...new Set(phones)];
}

/** Twelve digits in fours. */
function sayNumber(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}
