import { Table, Text } from '@mantine/core';
import type { LiveWindow } from '../api/shapes';
import { formatCount } from '../format/decimal';
import { formatHashrate } from '../format/hashrate';
import { formatPercent } from '../format/ratio';
import { formatDuration, formatWindow } from '../format/time';

interface LiveWindowsProps {
  windows: LiveWindow[];
  isPoolAttested: boolean;
  promisedHashrate: string;
}

/** What counted over one minute to an hour, how sure that is, and what the pool itself took. */
export function LiveWindows({ windows, isPoolAttested, promisedHashrate }: LiveWindowsProps) {
  return (
    <>
      <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Window</Table.Th>
              <Table.Th scope="col" className="numeric">
                {isPoolAttested ? 'Attested' : 'Proved'}
              </Table.Th>
              <Table.Th scope="col" className="numeric">
                Of promised
              </Table.Th>
              <Table.Th scope="col" className="numeric">
                95 % interval
              </Table.Th>
              <Table.Th scope="col" className="numeric">
                Confirmed by the pool
              </Table.Th>
              <Table.Th scope="col" className="numeric">
                Shares
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {windows.map(({ minutes, proved, lowest, highest, poolConfirmed, shares }) => (
              <Table.Tr key={minutes}>
                <Table.Th scope="row" fw={400} title={formatWindow(proved.windowStartAt, proved.windowEndAt)}>
                  {formatDuration(minutes * 60)}
                </Table.Th>
                <Table.Td className="numeric">{formatHashrate(proved.hashrate)}</Table.Td>
                <Table.Td className="numeric">
                  {formatPercent(BigInt(proved.hashrate), BigInt(promisedHashrate))}
                </Table.Td>
                <Table.Td className="numeric">
                  {shares > 0 ? `${formatHashrate(lowest)} to ${formatHashrate(highest)}` : 'no shares yet'}
                </Table.Td>
                <Table.Td className="numeric">{poolConfirmed ? formatHashrate(poolConfirmed) : ''}</Table.Td>
                <Table.Td className="numeric">{formatCount(shares)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt={4}>
        Shares come at random: the interval is where the true hashrate lies, 19 times out of 20.{' '}
        {isPoolAttested
          ? 'Nothing here can verify them: what counts is what the pool accepts.'
          : 'The pool sees fewer and harder shares, so that its figure swings more.'}
      </Text>
    </>
  );
}
