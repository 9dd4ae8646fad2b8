import { ProblemError, useClient, useWords } from '@gezhi/ui';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useMode } from '../shell/mode.tsx';
import { WORDS } from '../words/words.ts';
import type { Words } from '../words/zh.ts';
import { DangerNote } from './danger-note.tsx';
import { type Draft, dropDraft, isBlank, keepDraft, newDraft, readDraft } from './draft.ts';
import { ReceiptView } from './receipt-view.tsx';
import { rememberReceipt } from './remember.ts';
import { ScannedSame } from './scanned-same.tsx';
import { sendReport } from './send-report.ts';
import type { Outcome, StepProps } from './step.ts';
import { StepSame } from './step-same.tsx';
import { StepWhat } from './step-what.tsx';
import { StepWhere } from './step-where.tsx';
import { StepWho } from './step-who.tsx';
import { useAbout } from './use-about.ts';
import { useScanned } from './use-scanned.ts';

const STEPS = ['what', 'where', 'same', 'who'] as const;
type Step = (typeof STEPS)[number];

const TITLES: Readonly<Record<Step, (w: Words) => string>> = {
  what: (w) => w.report.title,
  where: (w) => w.report.where,
  same: (w) => w.report.same,
  who: (w) => w.report.who,
};

/** A report in at most four steps. What is typed is kept at once; sending needs no network. */
export function ReportPage(): ReactNode {
  const w = useWords(WORDS);
  const { draft, change, restart, wasKept } = useDraft();
  const [step, setStep] = useState<Step>('what');
  const { read, reading } = useAbout(draft);
  const same = read?.same ?? [];
  useScanned(change);
  const { send, sending, refused, outcome, again } = useSending();
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && step) heading.current?.focus();
    first.current = false;
  }, [step]);
  const at = STEPS.indexOf(step);
  // Where neighbours reported nothing like it, there is a step less.
  const steps = step === 'same' || same.length > 0 ? STEPS.length : STEPS.length - 1;
  const next = (): void => setStep(STEPS[at + 1] ?? 'who');
  const back = (): void => setStep(step === 'who' && same.length > 0 ? 'same' : at > 1 ? 'where' : 'what');
  const startAnew = (): void => {
    restart();
    again();
    setStep('what');
  };
  if (outcome) return <ReceiptView outcome={outcome} onAnother={startAnew} />;
  const props: StepProps = { draft, change, onNext: next, onBack: back };
  return (
    <main className="page" id="main">
      <p className="steps">{w.report.step(Math.min(at + 1, steps), steps)}</p>
      <h1 ref={heading} tabIndex={-1}>
        {TITLES[step](w)}
      </h1>
      {read?.danger && <DangerNote danger={read.danger} />}
      {step === 'what' && draft.asset && same.length > 0 && (
        <ScannedSame
          name={draft.asset.name}
          same={same}
          sending={sending}
          onMeToo={({ caseId }) => void send({ ...draft, joins: caseId })}
        />
      )}
      {step === 'what' && <StepWhat {...props} wasKept={wasKept} onClear={startAnew} />}
      {step === 'where' && <StepWhere {...props} />}
      {step === 'same' && <StepSame {...props} same={same} reading={reading && navigator.onLine} />}
      {step === 'who' && (
        <StepWho {...props} read={read} sending={sending} refused={refused} onNext={() => void send(draft)} />
      )}
    </main>
  );
}

type DraftDesk = {
  readonly draft: Draft;
  readonly change: StepProps['change'];
  readonly restart: () => void;
  readonly wasKept: boolean;
};

/** The draft of this device; a kiosk keeps none. */
function useDraft(): DraftDesk {
  const { kiosk } = useMode();
  const [draft, setDraft] = useState(newDraft);
  const [wasKept, setWasKept] = useState(false);
  const touched = useRef(false);
  useEffect(() => {
    if (kiosk) return;
    void readDraft().then((kept) => {
      if (!kept || isBlank(kept) || touched.current) return;
      setDraft(kept);
      setWasKept(true);
    });
  }, [kiosk]);
  useEffect(() => {
    if (kiosk || !touched.current) return undefined;
    const timer = setTimeout(() => void keepDraft(draft), 300);
    return () => clearTimeout(timer);
  }, [draft, kiosk]);
  const change = useCallback((part: Partial<Draft>) => {
    touched.current = true;
    setDraft((before) => ({ ...before, ...part }));
  }, []);
  const restart = useCallback(() => {
    touched.current = false;
    setDraft(newDraft());
    setWasKept(false);
    void dropDraft();
  }, []);
  return { draft, change, restart, wasKept };
}

type Sending = {
  readonly send: (draft: Draft) => Promise<void>;
  readonly sending: boolean;
  readonly refused: ProblemError | undefined;
  readonly outcome: Outcome | undefined;
  readonly again: () => void;
};

function useSending(): Sending {
  const w = useWords(WORDS);
  const api = useClient();
  const { kiosk } = useMode();
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<ProblemError>();
  const [outcome, setOutcome] = useState<Outcome>();
  const send = async (draft: Draft): Promise<void> => {
    setSending(true);
    setRefused(undefined);
    try {
      const stand = { photo: w.report.standPhoto, sound: w.report.standSound };
      const done = await sendReport(api, draft, stand);
      if (done !== 'waiting') rememberReceipt(done, draft.words, kiosk);
      await dropDraft();
      dispatchEvent(new Event('gezhi-outbox'));
      setOutcome(done);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setRefused(error);
    } finally {
      setSending(false);
    }
  };
  return { send, sending, refused, outcome, again: () => setOutcome(undefined) };
}
