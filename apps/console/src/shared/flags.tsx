import { LABELS } from '@gezhi/cases';
import { useLanguage } from '@gezhi/ui';
import type { ReactNode } from 'react';

/** What stands beside a case's state, in the kernel's words; each with a colour that says no more than the word. */
export function Flags({ flags }: { readonly flags: readonly string[] }): ReactNode {
  const { language } = useLanguage();
  return flags.map((flag) => (
    <span key={flag} className={`tag flag-${flag}`}>
      {isKnown(flag) ? LABELS.flags[flag][language] : flag}
    </span>
  ));
}

function isKnown(flag: string): flag is keyof typeof LABELS.flags {
  return Object.hasOwn(LABELS.flags, flag);
}
