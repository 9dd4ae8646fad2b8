import { type Answer, answerOf, useClient, useLanguage } from '@gezhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Draft } from './draft.ts';

export type Reading = Answer<'readDraft'>;

/** While somebody types, the text is read after each pause of this length. */
const PAUSE_MS = 250;
const CHARS_MIN = 4;
/** What a neighbour just told another seat is seen here while this caller still speaks. */
const AGAIN_MS = 5_000;

/** What is read in a draft; what stood there stays until the next reading has come. */
export function useReading(draft: Draft): {
  readonly reading: Reading | undefined;
  readonly isReading: boolean;
} {
  const api = useClient();
  const { language } = useLanguage();
  const text = [draft.words, draft.placeText].filter(Boolean).join('\n').trim();
  const settled = useSettled(text);
  const number = useSettled(draft.callerNumber.trim());
  const query = useQuery({
    queryKey: ['readDraft', settled, number, language],
    enabled: settled.length >= CHARS_MIN,
    placeholderData: (was: Reading | undefined) => was,
    staleTime: AGAIN_MS,
    refetchInterval: AGAIN_MS,
    queryFn: async () => {
      const caller = number.length >= 3 ? { callerNumber: number } : {};
      return answerOf(await api.call('readDraft', { body: { text: settled, ...caller } }));
    },
  });
  const reading = settled.length >= CHARS_MIN ? query.data : undefined;
  return { reading, isReading: query.isFetching || settled !== text };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
