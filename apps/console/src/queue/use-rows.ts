import type { Args } from '@gezhi/contract/client';
import { type Answer, answerOf, type ProblemError, useClient, useLanguage } from '@gezhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isList, type View } from './view.ts';

export type Row = Answer<'readQueue'>['rows'][number];

export type Rows = {
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly error: ProblemError | null;
  readonly loadMore: () => void;
  readonly again: () => void;
};

const PAGE = 200;
const FOUND_PAGE = 50;

/** The rows of a view, page by page as somebody scrolls. */
export function useRows(view: View): Rows {
  const api = useClient();
  const { language } = useLanguage();
  const query = useInfiniteQuery({
    queryKey: ['queue-rows', view, language],
    initialPageParam: '',
    queryFn: async ({ pageParam }): Promise<{ rows: readonly Row[]; next?: string | undefined }> => {
      const after = pageParam ? { after: pageParam } : {};
      if (!isList(view)) {
        const { queue, open: _, ...filters } = view;
        const args = { params: { queue }, query: { ...filters, ...after, limit: PAGE } };
        return answerOf(await api.call('readQueue', args));
      }
      const { queue: _, late, ...asked } = view;
      const filters = { ...asked, ...(late ? { flag: 'late' } : {}) } as Args<'listCases'>['query'];
      const found = answerOf(
        await api.call('listCases', { query: { ...filters, ...after, limit: FOUND_PAGE } }),
      );
      return { rows: found.cases.map((row) => ({ ...row, flagLabels: [] })), next: found.next };
    },
    getNextPageParam: ({ next }) => next,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  return {
    rows,
    isLoading: query.isPending,
    hasMore: query.hasNextPage,
    error: query.error as ProblemError | null,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    again: () => void query.refetch(),
  };
}
