import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { proxy } from '../api/clients';
import { follow } from '../api/follow';
import type { ContractLive } from '../api/shapes';

/** Keeps the live view of a contract fresh as it changes; false while it has to be asked for. */
export function useFollowedContract(contractId: string, isOpen: boolean): boolean {
  const queryClient = useQueryClient();
  const [isFollowed, setFollowed] = useState(false);
  useEffect(() => {
    if (!isOpen) {
      setFollowed(false);
      return;
    }
    const abort = new AbortController();
    const open = async (headers: Record<string, string>, signal: AbortSignal) => {
      const { data, response } = await proxy.GET('/api/proxy/contracts/{contractId}/live/events', {
        params: { path: { contractId } },
        parseAs: 'stream',
        headers,
        signal,
      });
      return response.ok ? data : null;
    };
    const onView = (view: ContractLive) => {
      setFollowed(true);
      queryClient.setQueryData(['contract-live', contractId], view);
    };
    void follow({ open, onView, onLost: () => setFollowed(false) }, abort.signal);
    return () => abort.abort();
  }, [contractId, isOpen, queryClient]);
  return isFollowed;
}
