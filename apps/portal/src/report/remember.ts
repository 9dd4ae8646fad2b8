import type { WireReceipt } from '@gezhi/contract';
import { rememberNumber } from '../kept/my-numbers.ts';

/** Keeps a number with its code on this device, unless this is a kiosk. */
export function rememberReceipt(receipt: WireReceipt, words: string, kiosk: boolean): void {
  const { number, code, sayAs } = receipt;
  if (kiosk || !number || !code) return;
  rememberNumber({
    number,
    code,
    sayAs: sayAs ?? number,
    words: [...words].slice(0, 40).join(''),
    at: new Date().toISOString(),
  });
}
