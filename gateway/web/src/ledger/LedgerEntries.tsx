import { Button, Card, Center, Code, Table, Text, Title } from '@mantine/core';
import type { LedgerEntry } from '../api/shapes';
import { formatInstant } from '../format/time';
import { MoneyText } from '../layout/Amounts';
import { Answer } from '../layout/Answer';
import { useLedgerEntries } from './useLedger';

export function LedgerEntries({ contractId }: { contractId: string }) {
  const entries = useLedgerEntries(contractId);
  return (
    <Card>
      <Title order={2} mb="sm">
        Last entries
      </Title>
      <Answer query={entries}>
        {({ pages }) => (
          <>
            <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
              <Table horizontalSpacing="xs" aria-label="Ledger entries">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Effective</Table.Th>
                    <Table.Th>Entry</Table.Th>
                    <Table.Th>Account</Table.Th>
                    <Table.Th className="numeric">Amount</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                {pages
                  .flatMap((page) => page.items)
                  .map((entry) => (
                    <EntryRows key={entry.id} entry={entry} />
                  ))}
              </Table>
            </Table.ScrollContainer>
            {entries.hasNextPage ? (
              <Center mt="sm">
                <Button
                  variant="default"
                  loading={entries.isFetchingNextPage}
                  onClick={() => entries.fetchNextPage()}
                >
                  Show more
                </Button>
              </Center>
            ) : null}
          </>
        )}
      </Answer>
    </Card>
  );
}

function EntryRows({ entry }: { entry: LedgerEntry }) {
  return (
    <Table.Tbody>
      {entry.postings.map(({ account, amount }, place) => (
        <Table.Tr key={account}>
          {place === 0 ? (
            <>
              <Table.Td
                rowSpan={entry.postings.length}
                style={{ verticalAlign: 'top', whiteSpace: 'nowrap' }}
              >
                {formatInstant(entry.effectiveAt)}
              </Table.Td>
              <Table.Td rowSpan={entry.postings.length} style={{ verticalAlign: 'top' }}>
                <Text size="sm">{entry.description}</Text>
                <Code className="breakable">{entry.key}</Code>
              </Table.Td>
            </>
          ) : null}
          <Table.Td className="breakable">{account}</Table.Td>
          <Table.Td className="numeric">
            <MoneyText money={amount} />
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  );
}
