import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { catalog, proxy, take } from '../api/clients';
import { LIVE_POLL_MILLISECONDS, SLOW_POLL_MILLISECONDS } from '../api/queries';
import type { CreateFarm, CreateRig, Pool, PublishListing, Rig } from '../api/shapes';

export function useFarms() {
  return useQuery({ queryKey: ['farms'], queryFn: () => take(catalog.GET('/api/catalog/farms')) });
}

export function useRigs() {
  return useQuery({
    queryKey: ['rigs'],
    queryFn: () => take(catalog.GET('/api/catalog/rigs')),
    refetchInterval: SLOW_POLL_MILLISECONDS,
  });
}

export function useRig(rigId: string) {
  return useQuery({
    queryKey: ['rigs', rigId],
    queryFn: () => take(catalog.GET('/api/catalog/rigs/{rigId}', { params: { path: { rigId } } })),
    refetchInterval: SLOW_POLL_MILLISECONDS,
  });
}

export function useRigLive(rigId: string) {
  return useQuery({
    queryKey: ['rig-live', rigId],
    queryFn: () => take(proxy.GET('/api/proxy/rigs/{rigId}/live', { params: { path: { rigId } } })),
    refetchInterval: LIVE_POLL_MILLISECONDS,
  });
}

export function useOwnListings() {
  return useQuery({
    queryKey: ['listings', 'mine'],
    queryFn: () => take(catalog.GET('/api/catalog/listings/mine')),
  });
}

export function useCreateFarm() {
  const refresh = useRefresh(['farms']);
  return useMutation({
    mutationFn: (body: CreateFarm) => take(catalog.POST('/api/catalog/farms', { body })),
    onSuccess: refresh,
  });
}

export function useCreateRig(farmId: string) {
  const refresh = useRefresh(['rigs']);
  return useMutation({
    mutationFn: (body: CreateRig) =>
      take(catalog.POST('/api/catalog/farms/{farmId}/rigs', { params: { path: { farmId } }, body })),
    onSuccess: refresh,
  });
}

export function useSetDefaultPools(rigId: string) {
  const refresh = useRefresh(['rigs']);
  return useMutation({
    mutationFn: (pools: Pool[]) =>
      take(catalog.PUT('/api/catalog/rigs/{rigId}/pools', { params: { path: { rigId } }, body: { pools } })),
    onSuccess: refresh,
  });
}

/** Long enough to see a pool flood its miners with jobs, short enough to wait for. */
const POOL_WATCH_SECONDS = 5;

/** Connects to each pool once, as it would for a renter. */
export function useCheckPools(rig: Rig) {
  const { id: rigId, algorithm, nameplateHashrate: hashrate } = rig;
  return useMutation({
    mutationFn: (pools: Pool[]) =>
      Promise.all(
        pools.map((pool) =>
          take(
            proxy.POST('/api/proxy/pool-checks', {
              body: {
                pool,
                algorithm,
                hashrate,
                rigId,
                watchSeconds: POOL_WATCH_SECONDS,
                isForContract: false,
              },
            }),
          ),
        ),
      ),
  });
}

export function usePublishListing() {
  const refresh = useRefresh(['listings']);
  return useMutation({
    mutationFn: (body: PublishListing) => take(catalog.POST('/api/catalog/listings', { body })),
    onSuccess: refresh,
  });
}

export function useWithdrawListing() {
  const refresh = useRefresh(['listings']);
  return useMutation({
    mutationFn: (listingId: string) =>
      take(catalog.DELETE('/api/catalog/listings/{listingId}', { params: { path: { listingId } } })),
    onSuccess: refresh,
  });
}

function useRefresh(queryKey: string[]) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey });
}
