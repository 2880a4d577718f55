import { Card, SimpleGrid } from '@mantine/core';
import type { Contract } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatCountdown, formatDuration, formatInstant } from '../format/time';
import { MoneyText, WorkText } from '../layout/Amounts';
import { Figure } from '../layout/Figure';
import { useNow } from '../layout/useNow';

export function ContractSummary({ contract }: { contract: Contract }) {
  const now = useNow();
  const durationSeconds = (Date.parse(contract.endAt) - Date.parse(contract.startAt)) / 1000;
  return (
    <Card>
      <SimpleGrid cols={{ base: 2, sm: 3, md: 5 }} spacing="sm">
        <Figure label="Promised hashrate" hint={contract.algorithm}>
          {formatHashrate(contract.hashrate)}
        </Figure>
        <Figure label="Promised work" hint={`in ${formatDuration(durationSeconds)}`}>
          <WorkText hashes={contract.promisedWork} />
        </Figure>
        <Figure label="Price" hint="before fee and VAT">
          <MoneyText money={contract.price} />
        </Figure>
        <TimeLeft contract={contract} now={now} />
        <Figure label="First job of the pool" hint={firstJobHint(contract)}>
          {contract.firstJobAt ? formatInstant(contract.firstJobAt) : 'not yet'}
        </Figure>
      </SimpleGrid>
    </Card>
  );
}

function TimeLeft({ contract, now }: { contract: Contract; now: number }) {
  if (contract.status === 'scheduled') {
    return (
      <Figure label="Starts in" hint={formatInstant(contract.startAt)}>
        {formatCountdown(contract.startAt, now)}
      </Figure>
    );
  }
  if (contract.status === 'running') {
    return (
      <Figure label="Time left" hint={`ends ${formatInstant(contract.endAt)}`}>
        {formatCountdown(contract.endAt, now)}
      </Figure>
    );
  }
  return contract.cancelledAt ? (
    <Figure label="Cancelled">{formatInstant(contract.cancelledAt)}</Figure>
  ) : (
    <Figure label="Ended">{formatInstant(contract.endAt)}</Figure>
  );
}

function firstJobHint({ firstJobAt, paidAt, startAt }: Contract): string | null {
  if (!firstJobAt) {
    return null;
  }
  const dueAt = Math.max(Date.parse(paidAt ?? startAt), Date.parse(startAt));
  const tenths = Math.max(0, Math.round((Date.parse(firstJobAt) - dueAt) / 100));
  return `${Math.floor(tenths / 10)}.${tenths % 10} s after start`;
}
