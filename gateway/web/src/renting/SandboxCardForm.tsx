import { Button, Code, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ProblemNote } from '../layout/ProblemNote';

const PAYING_CARD = '4242 4242 4242 4242';
const DECLINED_CARD = '4000 0000 0000 0002';
const CARD_DIGITS = 16;

interface SandboxCardFormProps {
  isPending: boolean;
  error: Error | null;
  onPay: (cardNumber: string) => void;
}

/** Only ever a test card: the sandbox takes no other. */
export function SandboxCardForm({ isPending, error, onPay }: SandboxCardFormProps) {
  const [card, setCard] = useState(PAYING_CARD);
  const digits = card.replace(/\s/g, '');
  const isComplete = /^\d+$/.test(digits) && digits.length === CARD_DIGITS;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) {
      onPay(digits);
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Sandbox card"
          description={
            <>
              No money moves. <Code>{PAYING_CARD}</Code> pays, <Code>{DECLINED_CARD}</Code> is declined.
            </>
          }
          inputMode="numeric"
          autoComplete="off"
          value={card}
          error={isComplete ? null : `${CARD_DIGITS} digits are needed.`}
          onChange={(event) => setCard(event.currentTarget.value)}
        />
        <ProblemNote error={error} />
        <Button type="submit" loading={isPending} disabled={!isComplete}>
          Pay
        </Button>
        <Text size="xs" c="dimmed">
          The amount becomes held funds of your contract.
        </Text>
      </Stack>
    </form>
  );
}
