import { Card, Progress, SimpleGrid, Title } from '@mantine/core';
import type { ContractLive } from '../api/shapes';
import { formatPercent, thousandths } from '../format/ratio';
import { WorkText } from '../layout/Amounts';
import { Figure } from '../layout/Figure';

interface WorkProgressProps {
  live: ContractLive;
  promisedWork: string;
}

/** Work proved by shares, or attested by the pool, against what was promised so far and in all. */
export function WorkProgress({ live, promisedWork }: WorkProgressProps) {
  const proved = BigInt(live.provedWork);
  const promised = BigInt(promisedWork);
  const soFar = BigInt(live.promisedWorkSoFar);
  return (
    <Card>
      <Title order={2} mb="sm">
        Work
      </Title>
      <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm" mb="sm">
        <Figure label={live.isPoolAttested ? 'Attested by the pool' : 'Proved'}>
          <WorkText hashes={live.provedWork} />
        </Figure>
        <Figure label="Promised so far">
          <WorkText hashes={live.promisedWorkSoFar} />
        </Figure>
        <Figure label="Delivery so far">{formatPercent(proved, soFar)}</Figure>
      </SimpleGrid>
      <Progress
        size="lg"
        value={Math.min(100, thousandths(proved, promised) / 10)}
        aria-label={`${live.isPoolAttested ? 'Attested' : 'Proved'} work of all promised work`}
      />
      <Figure label="Of all promised work">{formatPercent(proved, promised)}</Figure>
    </Card>
  );
}
