import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

/** Live views are asked for this often while their page is open. */
export const LIVE_POLL_MILLISECONDS = 2_000;
/** States that move by themselves, such as an order waiting for its payment. */
export const STATE_POLL_MILLISECONDS = 2_000;
/** Lists and settlements, which change by the minute. */
export const SLOW_POLL_MILLISECONDS = 15_000;

const RETRIES = 2;
const UNAUTHORIZED = 401;
const SERVER_ERROR = 500;

export const SESSION_KEY = ['session'];

export function createQueryClient(): QueryClient {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (error instanceof ApiProblem && error.status === UNAUTHORIZED && query.queryKey[0] !== 'session') {
          void queryClient.invalidateQueries({ queryKey: SESSION_KEY });
        }
      },
    }),
    defaultOptions: { queries: { retry: isWorthRetrying, staleTime: 1_000 } },
  });
  return queryClient;
}

/** A refusal stays one however often it is asked for. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const isRefusal = error instanceof ApiProblem && error.status > 0 && error.status < SERVER_ERROR;
  return !isRefusal && failures < RETRIES;
}
