import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { billing, take } from '../api/clients';
import { SLOW_POLL_MILLISECONDS } from '../api/queries';

const PAGE_SIZE = 50;

export function useTrialBalance() {
  return useQuery({
    queryKey: ['trial-balance'],
    queryFn: () => take(billing.GET('/api/billing/ledger/trial-balance')),
    refetchInterval: SLOW_POLL_MILLISECONDS,
  });
}

/** Entries, the last first; an empty contract id means those of all contracts. */
export function useLedgerEntries(contractId: string) {
  return useInfiniteQuery({
    queryKey: ['ledger-entries', contractId],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: PAGE_SIZE,
        ...(contractId && { contractId }),
        ...(pageParam && { cursor: pageParam }),
      };
      return take(billing.GET('/api/billing/ledger/entries', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}
