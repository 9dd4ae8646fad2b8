import { usage } from './say-error.ts';

/** @throws Fault `usage` for anything but 1 … 3650 */
export function wholeDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= 3650) return days;
  throw usage(`--days ${text} is no number of days.`, 'Write a whole number from 1 to 3650.');
}
