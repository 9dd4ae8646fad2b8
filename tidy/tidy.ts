import type { Complaint } from './source.ts';

/** Fails with every complaint on a line of its own, and with nothing else: the stack of a tidy test tells nobody anything. */
export function tidy(complaints: readonly Complaint[]): void {
  if (complaints.length === 0) return;
  const error = new Error(`${complaints.length} out of order:\n  ${complaints.join('\n  ')}`);
  error.stack = error.message;
  throw error;
}
