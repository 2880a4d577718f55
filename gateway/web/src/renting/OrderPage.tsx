import { Alert, Card, Group, Loader, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import type { Order } from '../api/shapes';
import { formatCountdown } from '../format/time';
import { MoneyText } from '../layout/Amounts';
import { Answer } from '../layout/Answer';
import { StatusBadge } from '../layout/Badges';
import { Figure } from '../layout/Figure';
import { PageTitle } from '../layout/PageTitle';
import { useNow } from '../layout/useNow';
import { SandboxCardForm } from './SandboxCardForm';
import { useOrder, usePayInSandbox } from './useRenting';

export function OrderPage() {
  const { orderId = '' } = useParams();
  const order = useOrder(orderId);
  return (
    <Card maw={520} mx="auto" padding="lg">
      <Answer query={order}>{(answer) => <OrderView order={answer} />}</Answer>
    </Card>
  );
}

function OrderView({ order }: { order: Order }) {
  const now = useNow();
  const queryClient = useQueryClient();
  const pay = usePayInSandbox(order.id);
  if (order.status === 'paid') {
    return <Navigate to={`/contracts/${order.contractId}`} replace />;
  }
  return (
    <>
      <PageTitle title="Pay your order" badges={<StatusBadge status={order.status} />} />
      <Stack gap="md">
        <Group gap="xl">
          <Figure label="To pay">
            <MoneyText money={order.total} />
          </Figure>
          {order.status === 'placed' ? (
            <Figure label="Pay within">{formatCountdown(order.payBeforeAt, now)}</Figure>
          ) : null}
        </Group>
        {order.status === 'lapsed' ? (
          <Alert color="yellow">
            This order was not paid in time. Nothing was taken; ask for a new quote.
          </Alert>
        ) : null}
        {order.status === 'placed' && !pay.isSuccess ? (
          <SandboxCardForm
            isPending={pay.isPending}
            error={pay.error}
            onPay={(cardNumber) =>
              pay.mutate(cardNumber, {
                onSuccess: () => queryClient.invalidateQueries({ queryKey: ['order', order.id] }),
              })
            }
          />
        ) : null}
        {order.status === 'placed' && pay.isSuccess ? (
          <Group role="status">
            <Loader size="sm" />
            <Text size="sm">Paid. Your contract is being set up.</Text>
          </Group>
        ) : null}
      </Stack>
    </>
  );
}
