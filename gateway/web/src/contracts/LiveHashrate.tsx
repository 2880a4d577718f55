import { Card, SimpleGrid, Title } from '@mantine/core';
import type { ContractLive, MeasuredHashrate } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatPercent } from '../format/ratio';
import { formatInstant, formatWindow } from '../format/time';
import { Figure } from '../layout/Figure';
import { HashrateChart } from './HashrateChart';
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
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" mb="md">
        <MeasuredFigure label="5 min" measured={live.fiveMinutes} promised={promisedHashrate} />
        <MeasuredFigure label="1 min" measured={live.oneMinute} promised={promisedHashrate} />
        <Figure label="Workers">{live.workerCount}</Figure>
        <Figure
          label="Last share"
          hint={live.releasedAt ? `released ${formatInstant(live.releasedAt)}` : null}
        >
          {live.lastShareAt ? formatInstant(live.lastShareAt) : 'none yet'}
        </Figure>
      </SimpleGrid>
      {isReleased ? null : <HashrateChart samples={samples} promisedHashrate={promisedHashrate} />}
    </Card>
  );
}

interface MeasuredFigureProps {
  label: string;
  measured: MeasuredHashrate;
  promised: string;
}

function MeasuredFigure({ label, measured, promised }: MeasuredFigureProps) {
  const ofPromised = formatPercent(BigInt(measured.hashrate), BigInt(promised));
  return (
    <Figure
      label={label}
      hint={`${formatWindow(measured.windowStartAt, measured.windowEndAt)}, ${ofPromised} of promised`}
    >
      {formatHashrate(measured.hashrate)}
    </Figure>
  );
}
