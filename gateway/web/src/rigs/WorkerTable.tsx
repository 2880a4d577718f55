import { Badge, Table, Text } from '@mantine/core';
import type { WorkerLive } from '../api/shapes';
import { formatCount } from '../format/decimal';
import { formatHashrate } from '../format/hashrate';
import { formatDifficulty } from '../format/ratio';
import { formatInstant } from '../format/time';

const WORKING_FOR: Record<string, { label: string; colour: string }> = {
  'own-pool': { label: 'Own pool', colour: 'gray' },
  contract: { label: 'Contract', colour: 'teal' },
  waiting: { label: 'Waiting', colour: 'yellow' },
};

export function WorkerTable({ workers }: { workers: WorkerLive[] }) {
  if (workers.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No worker is connected. Point one at the address below; it appears here within seconds.
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={860} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table highlightOnHover aria-label="Workers">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Worker</Table.Th>
            <Table.Th>Works for</Table.Th>
            <Table.Th className="numeric">Hashrate, 1 min</Table.Th>
            <Table.Th className="numeric">Difficulty</Table.Th>
            <Table.Th className="numeric">Accepted</Table.Th>
            <Table.Th className="numeric">Rejected</Table.Th>
            <Table.Th className="numeric">Switches</Table.Th>
            <Table.Th>Connected</Table.Th>
            <Table.Th>Last share</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workers.map((worker) => (
            <WorkerRow key={`${worker.name} ${worker.connectedAt}`} worker={worker} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function WorkerRow({ worker }: { worker: WorkerLive }) {
  const workingFor = WORKING_FOR[worker.workingFor] ?? { label: worker.workingFor, colour: 'gray' };
  return (
    <Table.Tr>
      <Table.Td>
        {worker.name}
        <Text size="xs" c="dimmed">
          {worker.firmware}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge color={workingFor.colour}>{workingFor.label}</Badge>
      </Table.Td>
      <Table.Td className="numeric">{formatHashrate(worker.oneMinuteHashrate)}</Table.Td>
      <Table.Td className="numeric">{formatDifficulty(worker.difficulty)}</Table.Td>
      <Table.Td className="numeric">{formatCount(worker.acceptedShares)}</Table.Td>
      <Table.Td className="numeric">{formatCount(worker.rejectedShares)}</Table.Td>
      <Table.Td className="numeric">{formatCount(worker.switches)}</Table.Td>
      <Table.Td>{formatInstant(worker.connectedAt)}</Table.Td>
      <Table.Td>{worker.lastShareAt ? formatInstant(worker.lastShareAt) : 'none yet'}</Table.Td>
    </Table.Tr>
  );
}
