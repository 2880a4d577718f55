import { Card, SimpleGrid, Title } from '@mantine/core';
import type { ContractLive } from '../api/shapes';
import { formatInstant } from '../format/time';
import { Figure } from '../layout/Figure';
import { FlowNote } from './FlowNote';
import { HashrateChart } from './HashrateChart';
import { LiveWindows } from './LiveWindows';
import { useLiveHistory } from './liveHistory';

interface LiveHashrateProps {
  live: ContractLive;
  promisedHashrate: string;
  isReleased: boolean;
}

export function LiveHashrate({ live, promisedHashrate, isReleased }: LiveHashrateProps) {
  const samples = useLiveHistory(live);
  return (
    <Card>
      <Title order={2} mb="sm">
        {isReleased ? 'Last measured hashrate' : 'Live hashrate'}
      </Title>
      {isReleased ? null : <FlowNote flow={live.flow} />}
      <SimpleGrid cols={2} spacing="sm" mb="md">
        <Figure label="Workers">{live.workerCount}</Figure>
        <Figure
          label="Last share"
          hint={live.releasedAt ? `released ${formatInstant(live.releasedAt)}` : null}
        >
          {live.lastShareAt ? formatInstant(live.lastShareAt) : 'none yet'}
        </Figure>
      </SimpleGrid>
      <LiveWindows
        windows={live.windows}
        isPoolAttested={live.isPoolAttested}
        promisedHashrate={promisedHashrate}
      />
      {isReleased ? null : <HashrateChart samples={samples} promisedHashrate={promisedHashrate} />}
    </Card>
  );
}
