/** `12,345`. */
export function whole(n: number): string {
  return n.toLocaleString('en-US');
}

/** A share as `91.7 %`; `–` where there is none, because of nothing there is no share. */
export function percent(share: number | null | undefined, decimals = 1): string {
  return share === null || share === undefined ? '–' : `${(100 * share).toFixed(decimals)} %`;
}

export function seconds(s: number): string {
  return `${s.toFixed(s < 10 ? 2 : 1)} s`;
}
