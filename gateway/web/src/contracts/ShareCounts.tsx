import { Card, SimpleGrid, Table, Text, Title } from '@mantine/core';
import type { ContractLive } from '../api/shapes';
import { formatCount } from '../format/decimal';

/** Our verdict decides credit, or the pool's where only it can judge; what it answered stands beside. */
export function ShareCounts({ live }: { live: ContractLive }) {
  const rejected = Object.entries(live.rejectedSharesByReason).filter(([, count]) => count > 0);
  return (
    <Card>
      <Title order={2} mb="sm">
        Shares
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <CountTable
          title={live.isPoolAttested ? 'What counts' : 'Our verdict'}
          rows={[
            ['Accepted', live.acceptedShares],
            ...rejected.map(([reason, count]): [string, number] => [`Rejected: ${spoken(reason)}`, count]),
            ...(rejected.length === 0 ? ([['Rejected', 0]] as [string, number][]) : []),
          ]}
        />
        <CountTable
          title="The pool's own answers"
          rows={[
            ['Accepted', live.poolAcceptedShares],
            ['Refused', live.poolRefusedShares],
            ['Unanswered', live.poolUnansweredShares],
          ]}
        />
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt="xs">
        {live.isPoolAttested
          ? 'A share counts when the pool accepts it: whether it is good cannot be verified here.'
          : "Only shares that also meet the pool's difficulty go up to it, so the pool counts fewer."}
      </Text>
    </Card>
  );
}

function CountTable({ title, rows }: { title: string; rows: [string, number][] }) {
  return (
    <Table captionSide="top" horizontalSpacing={0}>
      <Table.Caption ta="left" mt={0}>
        {title}
      </Table.Caption>
      <Table.Tbody>
        {rows.map(([label, count]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            <Table.Td className="numeric">{formatCount(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** LowDifficulty and low-difficulty are both read as low difficulty. */
function spoken(reason: string): string {
  return reason
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
}
