import { Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { PageTitle } from '../layout/PageTitle';
import { LedgerEntries } from './LedgerEntries';
import { TrialBalanceView } from './TrialBalanceView';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TYPING_MILLISECONDS = 300;

export function LedgerPage() {
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), TYPING_MILLISECONDS);
  const isId = settled === '' || UUID.test(settled);
  return (
    <>
      <PageTitle
        title="Ledger"
        hint="Double entry: a debit is positive, a credit negative; entries are never changed."
      />
      <Stack gap="md">
        <TrialBalanceView />
        <TextInput
          label="Entries of one contract"
          placeholder="Contract id"
          maw={420}
          value={typed}
          error={isId ? null : 'A contract id is a UUID.'}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <LedgerEntries contractId={isId ? settled : ''} />
      </Stack>
    </>
  );
}
