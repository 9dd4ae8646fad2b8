import { answerOf, type ProblemError, useChanged, useClient, useLanguage } from '@gezhi/ui';
import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Page, putRows, type Row } from './put-rows.ts';
import { isList, listQuery, type View } from './view.ts';

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
/** When more changed at once than can be asked by name, the whole list is asked anew. */
const CHANGED_MAX = 100;

/** The rows of a view, page by page as somebody scrolls; of those that changed meanwhile, only they are asked again. */
export function useRows(view: View): Rows {
  const api = useClient();
  const { language } = useLanguage();
  const queries = useQueryClient();
  const key = ['queue-rows', view, language];
  const query = useInfiniteQuery({
    queryKey: key,
    meta: isList(view) ? {} : { live: 'self' },
    initialPageParam: '',
    queryFn: async ({ pageParam }): Promise<Page> => {
      const after = pageParam ? { after: pageParam } : {};
      if (!isList(view)) {
        const { queue, open: _, ...filters } = view;
        const args = { params: { queue }, query: { ...filters, ...after, limit: PAGE } };
        return answerOf(await api.call('readQueue', args));
      }
      const query = { ...listQuery(view), ...after, limit: FOUND_PAGE };
      return answerOf(await api.call('readList', { query }));
    },
    getNextPageParam: ({ next }) => next,
  });
  const { mutate: askAgain } = useMutation({
    mutationFn: async (cases: ReadonlySet<string>) => {
      const { queue, open: _, ...filters } = view;
      const args = { params: { queue }, query: { ...filters, cases: [...cases].join(',') } };
      const { rows: fresh } = answerOf(await api.call('readQueue', args));
      queries.setQueryData<InfiniteData<Page>>(
        key,
        (was) => was && { ...was, pages: putRows(was.pages, cases, fresh) },
      );
    },
    onError: () => queries.invalidateQueries({ queryKey: key }),
  });
  useChanged((cases) => {
    if (isList(view)) return;
    if (cases.size <= CHANGED_MAX) askAgain(cases);
    else void queries.invalidateQueries({ queryKey: key });
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
