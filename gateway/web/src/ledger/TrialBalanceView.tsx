import { Badge, Card, Group, Table, Text, Title } from '@mantine/core';
import type { TrialBalance } from '../api/shapes';
import { isZero } from '../format/money';
import { formatInstant } from '../format/time';
import { MoneyText } from '../layout/Amounts';
import { Answer } from '../layout/Answer';
import { sumsByCurrency } from './sums';
import { useTrialBalance } from './useLedger';

export function TrialBalanceView() {
  const balance = useTrialBalance();
  return (
    <Card>
      <Title order={2} mb="sm">
        Trial balance
      </Title>
      <Answer query={balance}>{(answer) => <TrialBalanceTable balance={answer} />}</Answer>
    </Card>
  );
}

function TrialBalanceTable({ balance }: { balance: TrialBalance }) {
  const sums = sumsByCurrency(balance.accounts.map((account) => account.balance));
  return (
    <>
      <Group gap="xs" mb="xs">
        {sums.every(isZero) ? (
          <Badge color="teal">Balances</Badge>
        ) : (
          <Badge color="red">Does not balance</Badge>
        )}
        <Text size="xs" c="dimmed">
          as of {formatInstant(balance.asOf)}
        </Text>
      </Group>
      <Table horizontalSpacing={0} aria-label="Trial balance">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Account</Table.Th>
            <Table.Th className="numeric">Balance</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {balance.accounts.map(({ account, balance: money }) => (
            <Table.Tr key={`${account} ${money.currency}`}>
              <Table.Td className="breakable">{account}</Table.Td>
              <Table.Td className="numeric">
                <MoneyText money={money} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          {sums.map((money) => (
            <Table.Tr key={money.currency}>
              <Table.Th scope="row">Sum</Table.Th>
              <Table.Th className="numeric">
                <MoneyText money={money} />
              </Table.Th>
            </Table.Tr>
          ))}
        </Table.Tfoot>
      </Table>
    </>
  );
}
