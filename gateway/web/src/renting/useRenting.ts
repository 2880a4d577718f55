import { useMutation, useQuery } from '@tanstack/react-query';
import { billing, ordering, take } from '../api/clients';
import { STATE_POLL_MILLISECONDS } from '../api/queries';
import type { Pool } from '../api/shapes';

export interface QuoteRequest {
  listingId: string;
  hashrate: string;
  durationSeconds: number;
  destinations: Pool[];
}

export function useAskQuote() {
  return useMutation({
    mutationFn: (body: QuoteRequest) => take(ordering.POST('/api/ordering/quotes', { body })),
  });
}

export function useQuote(quoteId: string | null) {
  return useQuery({
    queryKey: ['quote', quoteId],
    queryFn: () =>
      take(ordering.GET('/api/ordering/quotes/{quoteId}', { params: { path: { quoteId: quoteId ?? '' } } })),
    enabled: quoteId !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function usePlaceOrder() {
  return useMutation({
    mutationFn: (quoteId: string) => take(ordering.POST('/api/ordering/orders', { body: { quoteId } })),
  });
}

export function useOrder(orderId: string) {
  return useQuery({
    queryKey: ['order', orderId],
    queryFn: () => take(ordering.GET('/api/ordering/orders/{orderId}', { params: { path: { orderId } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'placed' ? STATE_POLL_MILLISECONDS : false),
  });
}

export function usePayInSandbox(orderId: string) {
  return useMutation({
    mutationFn: (cardNumber: string) =>
      take(
        billing.POST('/api/billing/orders/{orderId}/sandbox-payment', {
          params: { path: { orderId } },
          body: { cardNumber },
        }),
      ),
  });
}
