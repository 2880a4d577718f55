import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Listing, Rig } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatUnitPrice } from '../format/price';
import { formatDuration } from '../format/time';
import { Answer } from '../layout/Answer';
import { ProblemNote } from '../layout/ProblemNote';
import { PublishListing } from './PublishListing';
import { useOwnListings, useWithdrawListing } from './useRigs';

export function RigListings({ rig }: { rig: Rig }) {
  const listings = useOwnListings();
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2}>Listings</Title>
        <PublishListing rig={rig} />
      </Group>
      <Answer query={listings}>
        {(items) => {
          const published = items.filter((listing) => listing.rigId === rig.id && listing.isPublished);
          return (
            <Stack gap="sm">
              {published.map((listing) => (
                <OwnListing key={listing.id} listing={listing} />
              ))}
              {published.length === 0 ? (
                <Text size="sm" c="dimmed">
                  Nothing of this rig is on offer.
                </Text>
              ) : null}
            </Stack>
          );
        }}
      </Answer>
    </Card>
  );
}

function OwnListing({ listing }: { listing: Listing }) {
  const withdraw = useWithdrawListing();
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600} className="breakable">
            {listing.title}
          </Text>
          <Text size="xs" c="dimmed">
            {formatHashrate(listing.offeredHashrate)} at{' '}
            {formatUnitPrice(listing.priceMicrosPerUnitDay, listing.currency)} per {listing.priceUnit} and
            day, {formatDuration(listing.shortestDurationSeconds)} to{' '}
            {formatDuration(listing.longestDurationSeconds)}
          </Text>
        </div>
        <Button
          variant="default"
          size="xs"
          style={{ flexShrink: 0 }}
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate(listing.id)}
          aria-label={`Withdraw ${listing.title}`}
        >
          Withdraw
        </Button>
      </Group>
      <ProblemNote error={withdraw.error} />
    </div>
  );
}
