import type { RoundItem } from '@gezhi/storage';

/** One place to go to, or one thing to look at; `unit` goes there. Never a person. */
export type RoundTarget =
  | { readonly place: string; readonly unit?: string | undefined }
  | { readonly asset: string; readonly unit?: string | undefined };

/** A plan as it is written. `every` stands for all places of a level under a place, and all assets of a kind there. */
export type RoundPlan = {
  readonly id: string;
  readonly sort: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly kind?: string | undefined;
  readonly lead: string;
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly basis: string;
  readonly checklist: readonly RoundItem[];
  readonly stops?: readonly RoundTarget[] | undefined;
  readonly every?:
    | { readonly under: string; readonly level?: string | undefined; readonly assets?: string | undefined }
    | undefined;
};
