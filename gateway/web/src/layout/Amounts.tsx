import { Text } from '@mantine/core';
import type { Money } from '../api/shapes';
import { formatCount } from '../format/decimal';
import { formatWork } from '../format/hashrate';
import { splitAmount } from '../format/money';

/** Money to its last digit: what is finer than cents is smaller, not gone. */
export function MoneyText({ money }: { money: Money }) {
  const { cents, finer } = splitAmount(money);
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {cents}
      {finer ? (
        <Text span size="0.75em" c="dimmed" fw={400}>
          {finer}
        </Text>
      ) : null}{' '}
      <Text span size="0.8em" c="dimmed">
        {money.currency}
      </Text>
    </span>
  );
}

export function WorkText({ hashes }: { hashes: string }) {
  return <span title={`${formatCount(BigInt(hashes))} hashes`}>{formatWork(hashes)}</span>;
}
