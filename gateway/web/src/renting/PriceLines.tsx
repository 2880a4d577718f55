import { Table } from '@mantine/core';
import type { Quote } from '../api/shapes';
import { MoneyText } from '../layout/Amounts';

export function PriceLines({ quote }: { quote: Quote }) {
  const lines = [
    { label: 'Hashrate', money: quote.price },
    { label: 'Marketplace fee', money: quote.renterFee },
    { label: 'VAT', money: quote.vat },
  ];
  return (
    <Table aria-label="Price">
      <Table.Tbody>
        {lines.map(({ label, money }) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            <Table.Td className="numeric">
              <MoneyText money={money} />
            </Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr>
          <Table.Th scope="row">Total</Table.Th>
          <Table.Td className="numeric" fw={650}>
            <MoneyText money={quote.total} />
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}
