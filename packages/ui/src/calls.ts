import { type Args, type Client, client, type Reply, type RouteName } from '@gezhi/contract/client';
import {
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLanguage } from './language.tsx';

/** What a route answers when all is well. */
export type Answer<N extends RouteName> = Extract<Reply<N>, { ok: true }>['body'];

/** A problem that the service told (RFC 9457), as an error: `title`, `detail` and `remedy` are in the caller's language. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly remedy: string;
  /** The facts behind a refusal. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(
    status: number,
    code: string,
    title: string,
    remedy: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.details = details;
  }
}

/** The typed client of this page's own service, in the language chosen; the session's cookie says who asks. */
export function useClient(): Client {
  const { language } = useLanguage();
  return useMemo(() => {
    const send: typeof fetch = (url, init) =>
      fetch(url, { ...init, headers: { ...init?.headers, 'accept-language': language } });
    return client('', undefined, send);
  }, [language]);
}

type Options = Pick<UseQueryOptions, 'enabled' | 'refetchInterval' | 'staleTime'>;

/** Asks a route and keeps its answer fresh; another language asks anew. */
export function useCall<N extends RouteName>(
  route: N,
  args: Args<N>,
  options: Options = {},
): UseQueryResult<Answer<N>, ProblemError> {
  const api = useClient();
  const { language } = useLanguage();
  return useQuery<Answer<N>, ProblemError>({
    queryKey: [route, args, language],
    queryFn: async () => answerOf(await api.call(route, args)),
    ...(options as object),
  });
}

/** Sends to a route; afterwards everything that was asked is asked anew. */
export function useSend<N extends RouteName>(route: N): UseMutationResult<Answer<N>, ProblemError, Args<N>> {
  const api = useClient();
  const queries = useQueryClient();
  return useMutation<Answer<N>, ProblemError, Args<N>>({
    mutationFn: async (args) => answerOf(await api.call(route, args)),
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** The body of an answer. @throws ProblemError */
export function answerOf<N extends RouteName>(reply: Reply<N>): Answer<N> {
  if (reply.ok) return reply.body as Answer<N>;
  const { title, detail, remedy, code, details } = reply.problem;
  throw new ProblemError(reply.status, code, detail || title, remedy, details);
}
