import type { PublicCase, WireReceipt } from '@gezhi/contract';
import { sayMoment, useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import { newId } from '@gezhi/ui/device';
import { type ReactNode, useState } from 'react';
import { newDraft } from '../report/draft.ts';
import { whoOf } from '../report/event.ts';
import { ReceiptView } from '../report/receipt-view.tsx';
import { rememberReceipt } from '../report/remember.ts';
import { ContactFields, wrongOf } from '../report/step-who.tsx';
import { useMode } from '../shell/mode.tsx';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { Subscribe } from '../subscribe/subscribe.tsx';
import { NEAR_WORDS } from '../words/near/words.ts';
import { WORDS } from '../words/words.ts';
import { CaseLine } from './case-line.tsx';
import { KeptHere } from './kept-here.tsx';

/** A public case: what happened, “me too”, what to subscribe to. */
export function CasePage({ id }: { readonly id: string }): ReactNode {
  const w = useWords(NEAR_WORDS);
  const { language } = useLanguage();
  const told = useCall('getPublic', { params: { id } });
  const [receipt, setReceipt] = useState<WireReceipt>();
  if (receipt) return <ReceiptView outcome={receipt} onAnother={() => setReceipt(undefined)} />;
  return (
    <main className="page" id="main">
      {told.isPending && <Loading />}
      {told.error && <Trouble error={told.error} onAgain={() => void told.refetch()} />}
      {told.data && (
        <>
          <h1>{told.data.case.kind.name[language]}</h1>
          <CaseLine one={told.data.case} isHeaded />
          {told.data.case.photos?.map(({ id: photo, link }) => (
            <img key={photo} className="photo" src={link} alt={w.photo} loading="lazy" />
          ))}
          <MeToo one={told.data.case} onDone={setReceipt} />
          <section aria-labelledby="story">
            <h2 id="story">{w.story}</h2>
            <ol className="story">
              {told.data.story.map(({ at, say }) => (
                <li key={`${at} ${say.en}`}>
                  <time dateTime={at}>{sayMoment(at, language)}</time>
                  <p>{say[language]}</p>
                </li>
              ))}
            </ol>
          </section>
          <Subscribe to={{ case: id }} />
          <KeptHere kind={told.data.case.kind.code} />
        </>
      )}
    </main>
  );
}

/** One tap is one voice. A way to be reached may be left before it; most leave none. */
function MeToo(props: {
  readonly one: PublicCase;
  readonly onDone: (receipt: WireReceipt) => void;
}): ReactNode {
  const w = useWords(NEAR_WORDS);
  const { report: r } = useWords(WORDS);
  const { language } = useLanguage();
  const { kiosk } = useMode();
  const [id] = useState(newId);
  const [draft, setDraft] = useState(newDraft);
  const [wrong, setWrong] = useState<string>();
  const send = useSend('joinPublic');
  const press = (): void => {
    const why = wrongOf(draft);
    setWrong(why && r[why]);
    if (why) return;
    const body = { id, ...whoOf(draft) };
    send.mutate(
      { params: { id: props.one.caseId }, body },
      {
        onSuccess: (receipt) => {
          rememberReceipt(receipt, props.one.kind.name[language], kiosk);
          props.onDone(receipt);
        },
      },
    );
  };
  return (
    <div className="sheet">
      <button type="button" className="go" disabled={send.isPending} onClick={press}>
        {w.meToo}
      </button>
      <details>
        <summary>{w.meTooContact}</summary>
        <ContactFields draft={draft} change={(part) => setDraft({ ...draft, ...part })} wrong={wrong} />
      </details>
      {send.error && <Trouble error={send.error} />}
    </div>
  );
}
