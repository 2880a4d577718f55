import { Card, SimpleGrid, Title } from '@mantine/core';
import type { Rig, RigLive } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatPercent } from '../format/ratio';
import { formatWindow } from '../format/time';
import { Answer } from '../layout/Answer';
import { Figure } from '../layout/Figure';
import { MeasuredBesideClaimed } from '../listings/MeasuredBesideClaimed';
import { useRigLive } from './useRigs';
import { WorkerTable } from './WorkerTable';

export function RigLiveView({ rig }: { rig: Rig }) {
  const live = useRigLive(rig.id);
  return (
    <Card>
      <Title order={2} mb="sm">
        Workers now
      </Title>
      <Answer query={live}>
        {(answer) => (
          <>
            <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm" mb="md">
              <LiveFigure label="Live, 5 min" measured={answer.fiveMinutes} rig={rig} />
              <LiveFigure label="Live, 1 min" measured={answer.oneMinute} rig={rig} />
              <MeasuredBesideClaimed measured={rig.measured} nameplateHashrate={rig.nameplateHashrate} />
              <Figure label="Workers">{answer.workerCount}</Figure>
            </SimpleGrid>
            <WorkerTable workers={answer.workers} />
          </>
        )}
      </Answer>
    </Card>
  );
}

interface LiveFigureProps {
  label: string;
  measured: RigLive['oneMinute'];
  rig: Rig;
}

function LiveFigure({ label, measured, rig }: LiveFigureProps) {
  return (
    <Figure
      label={label}
      hint={`${formatWindow(measured.windowStartAt, measured.windowEndAt)}, ${formatPercent(BigInt(measured.hashrate), BigInt(rig.nameplateHashrate))} of claimed`}
    >
      {formatHashrate(measured.hashrate)}
    </Figure>
  );
}
