/** Reading and changing from a page: answers are kept for a moment, lists grow page by page. */
import {
  type UseMutationResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { type Callable, type Refused, call } from './client.ts';

type Input<Route extends Callable> = z.input<Route['input']>;
type Output<Route extends Callable> = z.output<Route['output']>;

/** What a route answers. `every`: asked again so often, in milliseconds; `when`: not asked unless true. */
export function useRead<Route extends Callable>(
  route: Route,
  input: Input<Route>,
  options: { readonly every?: number | false; readonly when?: boolean } = {},
) {
  return useQuery<Output<Route>, Refused>({
    queryKey: [route.path, input],
    queryFn: () => call(route, input),
    refetchInterval: options.every ?? false,
    enabled: options.when ?? true,
  });
}

/**
 * A list that is read page by page: `next` finds in a page where the following one begins (`null`: it was
 * the last), which goes to the server as `after`.
 */
export function useList<Route extends Callable, Row>(
  route: Route,
  input: Omit<Input<Route>, 'after'>,
  parts: {
    readonly rows: (page: Output<Route>) => readonly Row[];
    readonly next: (page: Output<Route>) => string | null;
  },
) {
  const asked = useInfiniteQuery<Output<Route>, Refused>({
    queryKey: [route.path, 'list', input],
    queryFn: ({ pageParam }) =>
      call(route, {
        ...input,
        ...(pageParam === null ? {} : { after: pageParam }),
      } as Input<Route>),
    initialPageParam: null,
    getNextPageParam: (page) => parts.next(page) ?? undefined,
  });
  const rows = (asked.data?.pages ?? []).flatMap((page) =>
    parts.rows(page as Output<Route>),
  ) as Row[];
  return { ...asked, rows };
}

/** Changes something through a route; answers of the paths in `stale` are asked for again afterwards. */
export function useChange<Route extends Callable>(
  route: Route,
  stale: readonly Callable[] = [],
): UseMutationResult<Output<Route>, Refused, Input<Route>> {
  const client = useQueryClient();
  return useMutation<Output<Route>, Refused, Input<Route>>({
    mutationFn: (input) => call(route, input),
    onSuccess: () =>
      Promise.all(stale.map(({ path }) => client.invalidateQueries({ queryKey: [path] }))),
  });
}
