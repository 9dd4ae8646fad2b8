/** What the sentence of a fact may speak of, already in words; what a fact does not have is empty. */
export type FactWords = {
  readonly who: string;
  readonly kind: string;
  readonly place: string;
  readonly unit: string;
  readonly units: readonly string[];
  readonly whom: string;
  readonly reason: string;
  readonly basis: string;
  readonly due: string;
  readonly way: string;
  readonly outcome: string;
  readonly passed: boolean;
  readonly contacted: string;
  readonly solved: string;
  readonly satisfied: string;
  readonly clock: string;
  readonly count: number;
};
