import { Card, Group, Table, Text, Title } from '@mantine/core';
import type { Contract, ContractSettlement, Money } from '../api/shapes';
import { formatCount } from '../format/decimal';
import { addMoney, isZero } from '../format/money';
import { formatInstant } from '../format/time';
import { MoneyText, WorkText } from '../layout/Amounts';
import { Answer } from '../layout/Answer';
import { StatusBadge } from '../layout/Badges';
import { useSettlement } from './useContracts';

interface Line {
  label: string;
  money: Money;
  isStrong?: boolean;
}

/** The money of a contract as the ledger has it. */
export function SettlementView({ contract, isRenter }: { contract: Contract; isRenter: boolean }) {
  const settlement = useSettlement(contract);
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2}>Settlement</Title>
        {settlement.data ? <StatusBadge status={settlement.data.status} /> : null}
      </Group>
      <Answer query={settlement}>
        {(answer) => (
          <>
            <Table horizontalSpacing={0}>
              <Table.Tbody>
                {(isRenter ? renterLines(answer) : sellerLines(answer)).map(({ label, money, isStrong }) => (
                  <Table.Tr key={label}>
                    <Table.Th scope="row" fw={isStrong ? 650 : 400}>
                      {label}
                    </Table.Th>
                    <Table.Td className="numeric" fw={isStrong ? 650 : 400}>
                      <MoneyText money={money} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <Text size="xs" c="dimmed" mt="xs">
              <WorkText hashes={answer.provedWork} />{' '}
              {answer.isPoolAttested ? 'attested by the pool' : 'proved'} of{' '}
              <WorkText hashes={answer.promisedWork} /> promised, {formatCount(answer.readingCount)} meter
              readings
              {answer.accruedThroughAt ? `, booked through ${formatInstant(answer.accruedThroughAt)}` : ''}.
            </Text>
          </>
        )}
      </Answer>
    </Card>
  );
}

function renterLines(settlement: ContractSettlement): Line[] {
  return [
    { label: 'Paid by you', money: addMoney(settlement.price, settlement.renterFee, settlement.vat) },
    { label: 'Held funds', money: settlement.held, isStrong: true },
    { label: 'Earned by work done', money: settlement.earned, isStrong: true },
    { label: 'Marketplace fee on what was earned', money: settlement.renterFeeEarned },
    { label: 'Returned to you', money: settlement.returned, isStrong: true },
  ];
}

function sellerLines(settlement: ContractSettlement): Line[] {
  return [
    { label: 'Price of all promised work', money: settlement.price },
    { label: 'Held funds', money: settlement.held, isStrong: true },
    { label: 'Earned by work done', money: settlement.earned, isStrong: true },
    { label: 'Marketplace fee', money: settlement.sellerFee },
    ...(isZero(settlement.paidByMarketplace)
      ? []
      : [{ label: 'Paid by us for work refused by our fault', money: settlement.paidByMarketplace }]),
    { label: 'For you', money: addMoney(settlement.sellerNet, settlement.paidByMarketplace), isStrong: true },
  ];
}
