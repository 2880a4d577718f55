import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { catalog, take } from '../api/clients';
import { SLOW_POLL_MILLISECONDS } from '../api/queries';

const PAGE_SIZE = 25;

/** Published listings, a page at a time; an empty algorithm means all. */
export function useListings(algorithm: string) {
  return useInfiniteQuery({
    queryKey: ['listings', algorithm],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: PAGE_SIZE,
        ...(algorithm && { algorithm }),
        ...(pageParam && { cursor: pageParam }),
      };
      return take(catalog.GET('/api/catalog/listings', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: SLOW_POLL_MILLISECONDS,
    placeholderData: keepPreviousData,
  });
}

export function useListing(listingId: string) {
  return useQuery({
    queryKey: ['listing', listingId],
    queryFn: () =>
      take(catalog.GET('/api/catalog/listings/{listingId}', { params: { path: { listingId } } })),
  });
}
