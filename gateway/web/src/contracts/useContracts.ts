import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { billing, ordering, proxy, take } from '../api/clients';
import { LIVE_POLL_MILLISECONDS, SLOW_POLL_MILLISECONDS, STATE_POLL_MILLISECONDS } from '../api/queries';
import type { Contract } from '../api/shapes';
import { useFollowedContract } from './useFollowedContract';

export function useContracts() {
  return useQuery({
    queryKey: ['contracts'],
    queryFn: () => take(ordering.GET('/api/ordering/contracts')),
    refetchInterval: SLOW_POLL_MILLISECONDS,
  });
}

export function useContract(contractId: string) {
  return useQuery({
    queryKey: ['contract', contractId],
    queryFn: () =>
      take(ordering.GET('/api/ordering/contracts/{contractId}', { params: { path: { contractId } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'settled' ? false : STATE_POLL_MILLISECONDS),
  });
}

/**
 * Followed for as long as something can still arrive, and asked for where that fails; a settled contract's counters are
 * read once.
 */
export function useContractLive({ id, status }: Contract) {
  const isOpen = status !== 'scheduled' && status !== 'settled';
  const isFollowed = useFollowedContract(id, isOpen);
  return useQuery({
    queryKey: ['contract-live', id],
    queryFn: () =>
      take(proxy.GET('/api/proxy/contracts/{contractId}/live', { params: { path: { contractId: id } } })),
    enabled: status !== 'scheduled',
    refetchInterval: isOpen && !isFollowed ? LIVE_POLL_MILLISECONDS : false,
  });
}

export function useSettlement(contract: Contract) {
  return useQuery({
    queryKey: ['settlement', contract.id, contract.status],
    queryFn: () =>
      take(
        billing.GET('/api/billing/contracts/{contractId}/settlement', {
          params: { path: { contractId: contract.id } },
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.status === 'settled' ? false : STATE_POLL_MILLISECONDS),
  });
}

export function useDocuments(contract: Contract) {
  return useQuery({
    queryKey: ['documents', contract.id, contract.status],
    queryFn: () =>
      take(
        billing.GET('/api/billing/contracts/{contractId}/documents', {
          params: { path: { contractId: contract.id } },
        }),
      ),
    refetchInterval: SLOW_POLL_MILLISECONDS,
  });
}

export function useCancelContract(contractId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      take(
        ordering.POST('/api/ordering/contracts/{contractId}/cancellation', {
          params: { path: { contractId } },
        }),
      ),
    onSuccess: (contract) => queryClient.setQueryData(['contract', contractId], contract),
  });
}
