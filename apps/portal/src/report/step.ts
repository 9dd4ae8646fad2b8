import type { WireReceipt } from '@gezhi/contract';
import type { Draft } from './draft.ts';

/** What a step is given: the draft, how to change it, and the ways on and back. */
export type StepProps = {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly onNext: () => void;
  readonly onBack: () => void;
};

/** What became of a report: taken in, or waiting for the network. */
export type Outcome = WireReceipt | 'waiting';
