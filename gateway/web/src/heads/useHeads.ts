import { useDocumentVisibility } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { proxy } from '../api/clients';
import { follow } from '../api/follow';
import { SLOW_POLL_MILLISECONDS } from '../api/queries';
import type { Contract, ContractHeads } from '../api/shapes';
import { keptHeads } from './keptHeads';

const KEPT_KEY = ['kept-heads'];

/** Contracts of which nothing is watched are asked about this often; a minute is closed as often. */
export const KEEP_MILLISECONDS = 60_000;

/** What this browser keeps of a contract. */
export function useKeptHeads(contractId: string) {
  return useQuery({
    queryKey: [...KEPT_KEY, contractId],
    queryFn: async () => {
      const { store } = await keptHeads();
      const [chains, count] = await Promise.all([store.chains(contractId), store.count(contractId)]);
      return { chains, count };
    },
    refetchInterval: SLOW_POLL_MILLISECONDS,
  });
}

/** Everything that contradicts what was kept, of all contracts. */
export function useContradictions() {
  return useQuery({
    queryKey: [...KEPT_KEY, 'contradictions'],
    queryFn: async () => (await keptHeads()).store.contradictions(),
    refetchInterval: SLOW_POLL_MILLISECONDS,
  });
}

/** Keeps the heads of a contract as they are pushed, while it is looked at. */
export function useFollowedHeads({ id: contractId, status }: Contract) {
  const queryClient = useQueryClient();
  const isSeen = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (!isSeen || status === 'scheduled') {
      return;
    }
    const abort = new AbortController();
    const refresh = () => queryClient.invalidateQueries({ queryKey: KEPT_KEY });
    const open = async (headers: Record<string, string>, signal: AbortSignal) => {
      const { keeper } = await keptHeads();
      await keeper.fill(contractId).finally(refresh);
      if (await keeper.isOver(contractId)) {
        abort.abort();
        return null;
      }
      const { data, response } = await proxy.GET('/api/proxy/contracts/{contractId}/heads/events', {
        params: { path: { contractId } },
        parseAs: 'stream',
        headers,
        signal,
      });
      return response.ok ? data : null;
    };
    const onView = async ({ heads }: ContractHeads) => {
      const { keeper } = await keptHeads();
      const texts = heads.map(({ text }) => text);
      await keeper.take(contractId, texts).finally(refresh);
    };
    void follow(
      { open, onView: (view: ContractHeads) => void onView(view).catch(() => {}), onLost: () => {} },
      abort.signal,
    );
    return () => abort.abort();
  }, [contractId, status, isSeen, queryClient]);
}

/**
 * Keeps the heads of all contracts that run, while the app is open. They are asked for and not followed: a browser
 * opens a few streams at a time only.
 */
export function useKeepingOfHeads(contracts: Contract[]) {
  const queryClient = useQueryClient();
  const ids = contracts
    .filter(({ status }) => status === 'running' || status === 'ended')
    .map(({ id }) => id)
    .join();
  useQuery({
    queryKey: ['keep-heads', ids],
    queryFn: async () => {
      const { keeper } = await keptHeads();
      for (const contractId of ids.split(',')) {
        await keeper.fill(contractId);
      }
      await queryClient.invalidateQueries({ queryKey: KEPT_KEY });
      return true;
    },
    enabled: ids !== '',
    refetchInterval: KEEP_MILLISECONDS,
    refetchIntervalInBackground: true,
  });
}
