import { Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import type { Contract, ContractDocument } from '../api/shapes';
import { formatBasisPoints } from '../format/ratio';
import { formatInstant } from '../format/time';
import { MoneyText } from '../layout/Amounts';
import { Answer } from '../layout/Answer';
import classes from './DocumentList.module.css';
import { useDocuments } from './useContracts';

const KINDS: Record<string, string> = { invoice: 'Invoice', 'credit-note': 'Credit note' };

export function DocumentList({ contract }: { contract: Contract }) {
  const documents = useDocuments(contract);
  return (
    <Card>
      <Title order={2} mb="sm">
        Documents
      </Title>
      <Answer query={documents}>
        {(items) => (
          <Stack gap="xs">
            {items.map((document) => (
              <DocumentView key={document.id} document={document} />
            ))}
            {items.length === 0 ? (
              <Text size="sm" c="dimmed">
                None issued so far.
              </Text>
            ) : null}
          </Stack>
        )}
      </Answer>
    </Card>
  );
}

function DocumentView({ document }: { document: ContractDocument }) {
  const lines = [
    ...document.lines,
    { text: `VAT ${formatBasisPoints(document.vatBasisPoints)}`, amount: document.vat },
    { text: 'Total', amount: document.total },
  ];
  return (
    <details>
      <summary className={classes.summary}>
        <Group justify="space-between" component="span" gap="xs" className={classes.head ?? ''}>
          <span>
            {KINDS[document.kind] ?? document.kind} {document.number}
          </span>
          <MoneyText money={document.total} />
        </Group>
      </summary>
      <Text size="xs" c="dimmed">
        To {document.issuedTo}, {formatInstant(document.issuedAt)}
        {document.correctsNumber ? `, corrects ${document.correctsNumber}` : ''}
      </Text>
      <Table horizontalSpacing={0}>
        <Table.Tbody>
          {lines.map(({ text, amount }) => (
            <Table.Tr key={text}>
              <Table.Td>{text}</Table.Td>
              <Table.Td className="numeric">
                <MoneyText money={amount} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
}
