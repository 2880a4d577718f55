import { Alert, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from 'react-router';
import type { Quote } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatCountdown, formatDuration, secondsUntil } from '../format/time';
import { MoneyText, WorkText } from '../layout/Amounts';
import { AttestedBadge, SimulatedBadge } from '../layout/Badges';
import { Figure } from '../layout/Figure';
import { ProblemNote } from '../layout/ProblemNote';
import { useNow } from '../layout/useNow';
import { PoolCheckResult } from '../pools/PoolCheckResult';
import { PriceLines } from './PriceLines';
import { usePlaceOrder } from './useRenting';

export function QuoteView({ quote }: { quote: Quote }) {
  const now = useNow();
  const placeOrder = usePlaceOrder();
  const navigate = useNavigate();
  const isLapsed = secondsUntil(quote.lockedUntil, now) === 0;
  return (
    <Stack gap="md">
      <Card>
        <Group justify="space-between" mb="sm">
          <Group gap="xs">
            <Title order={2}>Your price</Title>
            <SimulatedBadge isSimulated={quote.isSimulated} />
            <AttestedBadge isPoolAttested={quote.isPoolAttested} />
          </Group>
          <Text size="sm" c="dimmed" aria-live="off">
            {isLapsed ? 'No longer locked' : `Locked for ${formatCountdown(quote.lockedUntil, now)}`}
          </Text>
        </Group>
        <SimpleGrid cols={{ base: 2, xs: 3 }} mb="sm">
          <Figure label="Hashrate">{formatHashrate(quote.hashrate)}</Figure>
          <Figure label="Duration">{formatDuration(quote.durationSeconds)}</Figure>
          <Figure label="Promised work">
            <WorkText hashes={quote.promisedWork} />
          </Figure>
        </SimpleGrid>
        <PriceLines quote={quote} />
        <Text size="xs" c="dimmed" mt="xs">
          All of it is held funds first. It moves to the seller as work is done; what is not delivered comes
          back to you at the end, fee and VAT included.
        </Text>
        <Stack gap="xs" mt="sm">
          <ProblemNote error={placeOrder.error} />
          {quote.isOrderable ? null : (
            <Alert color="red" py="xs" role="alert">
              A pool did not pass. Change what the check below says, then ask again.
            </Alert>
          )}
          {isLapsed ? (
            <Text size="sm">The price is no longer locked: ask again for the present one.</Text>
          ) : (
            <Button
              disabled={!quote.isOrderable}
              loading={placeOrder.isPending}
              onClick={() =>
                placeOrder.mutate(quote.id, { onSuccess: (order) => navigate(`/orders/${order.id}`) })
              }
            >
              Order for&nbsp;
              <MoneyText money={quote.total} />
            </Button>
          )}
        </Stack>
      </Card>
      <Title order={2}>Pool check</Title>
      {quote.poolChecks.map((check) => (
        <PoolCheckResult key={`${check.url} ${check.user}`} check={check} />
      ))}
    </Stack>
  );
}
