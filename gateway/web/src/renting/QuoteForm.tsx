import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Listing, Pool } from '../api/shapes';
import { formatHashrate, HASHRATE_INPUT_UNITS, splitHashrate } from '../format/hashrate';
import { formatMoney } from '../format/money';
import { estimatePrice } from '../format/price';
import { DURATION_INPUT_UNITS, formatDuration, splitDuration } from '../format/time';
import { AmountInput, type TypedAmount } from '../layout/AmountInput';
import { ProblemNote } from '../layout/ProblemNote';
import { PoolFields } from '../pools/PoolFields';
import { arePoolsComplete, EMPTY_POOL, trimmed } from '../pools/poolRules';
import { readDuration, readHashrate } from './quoteRules';
import type { QuoteRequest } from './useRenting';

interface QuoteFormProps {
  listing: Listing;
  isPending: boolean;
  error: Error | null;
  onChange: () => void;
  onAsk: (request: QuoteRequest) => void;
}

export function QuoteForm({ listing, isPending, error, onChange, onAsk }: QuoteFormProps) {
  const [hashrate, setHashrate] = useState<TypedAmount>(splitHashrate(listing.offeredHashrate));
  const [duration, setDuration] = useState<TypedAmount>(splitDuration(listing.shortestDurationSeconds));
  const [pools, setPools] = useState<Pool[]>([EMPTY_POOL]);
  const [isTried, setIsTried] = useState(false);
  const asked = readHashrate(hashrate, listing);
  const time = readDuration(duration, listing);
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      onChange();
    };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (asked.value && time.value && arePoolsComplete(pools)) {
      onAsk({
        listingId: listing.id,
        hashrate: asked.value,
        durationSeconds: time.value,
        destinations: pools.map(trimmed),
      });
    }
  };

  return (
    <Card component="form" onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Title order={2}>What you need</Title>
        <AmountInput
          label="Hashrate"
          description={`Up to ${formatHashrate(listing.offeredHashrate)}`}
          units={HASHRATE_INPUT_UNITS}
          value={hashrate}
          onChange={change(setHashrate)}
          error={asked.error}
        />
        <AmountInput
          label="Duration"
          description={`${formatDuration(listing.shortestDurationSeconds)} to ${formatDuration(listing.longestDurationSeconds)}`}
          units={DURATION_INPUT_UNITS.map(({ value }) => value)}
          value={duration}
          onChange={change(setDuration)}
          error={time.error}
          isWhole
        />
        <Title order={2}>Where it goes</Title>
        <Text size="sm" c="dimmed">
          Pools are tried in this order. The seller sees neither user nor password.
        </Text>
        <PoolFields pools={pools} onChange={change(setPools)} areErrorsShown={isTried} />
        <ProblemNote error={error} />
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {asked.value && time.value
              ? `About ${formatMoney(estimatePrice(listing, asked.value, time.value))} before fee and VAT`
              : ''}
          </Text>
          <Button type="submit" loading={isPending}>
            Check the pools and lock the price
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
