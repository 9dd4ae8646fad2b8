/**
 * By how much margins must be stretched so that the probabilities made of them (`probabilitiesOf`) are right on texts that were not
 * learned: the one factor under which the true branches are likeliest (temperature scaling; Guo et al., On Calibration of Modern Neural
 * Networks, ICML 2017). Golden-section search over its logarithm; the likelihood has one peak.
 */
export function calibrate(margins: readonly Float64Array[], truth: readonly number[]): number {
  const loss = (log: number): number => {
    let sum = 0;
    margins.forEach((one, i) => {
      sum -= Math.log(Math.max(1e-12, probabilitiesOf(one, Math.exp(log))[truth[i]!]!));
    });
    return sum;
  };
  let [low, high] = [Math.log(0.2), Math.log(50)];
  for (let i = 0; i < 30; i += 1) {
    const third = (high - low) * 0.382;
    if (loss(low + third) < loss(high - third)) high -= third;
    else low += third;
  }
  return Math.exp((low + high) / 2);
}

/** Margins to probabilities that sum to one (softmax). */
export function probabilitiesOf(margins: Float64Array, stretch: number): Float64Array {
  const largest = margins.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const raised = margins.map((margin) => Math.exp((margin - largest) * stretch));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((value) => value / sum);
}

/**
 * Expected calibration error: texts are put into ten bins by the probability of their first kind; the mean distance between what was said
 * and how often it was right, weighted by how many lie in a bin. 0 where nothing was read.
 */
export function calibrationError(
  said: readonly { readonly probability: number; readonly right: boolean }[],
): number {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, said: 0, right: 0 }));
  for (const { probability, right } of said) {
    const bin = bins[Math.min(9, Math.floor(probability * 10))]!;
    bin.n += 1;
    bin.said += probability;
    bin.right += right ? 1 : 0;
  }
  if (said.length === 0) return 0;
  return bins.reduce((sum, bin) => sum + Math.abs(bin.said - bin.right), 0) / said.length;
}
