import { Button, Card, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Listing } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatUnitPrice } from '../format/price';
import { formatDuration } from '../format/time';
import { AttestedBadge, SimulatedBadge } from '../layout/Badges';
import { Figure } from '../layout/Figure';
import classes from './ListingRow.module.css';
import { MeasuredBesideClaimed } from './MeasuredBesideClaimed';

export function ListingRow({ listing, isRentable }: { listing: Listing; isRentable: boolean }) {
  return (
    <Card component="article" className={classes.row ?? ''}>
      <div className={classes.title}>
        <Group gap={6}>
          <Text component="h2" fw={600} className="breakable">
            {listing.title}
          </Text>
          <SimulatedBadge isSimulated={listing.isSimulated} />
          <AttestedBadge isPoolAttested={listing.isPoolAttested} />
        </Group>
        <Text size="xs" c="dimmed">
          {listing.location}, {listing.algorithm}
        </Text>
      </div>
      <Figure label="On offer">{formatHashrate(listing.offeredHashrate)}</Figure>
      <MeasuredBesideClaimed measured={listing.measured} nameplateHashrate={listing.nameplateHashrate} />
      <Figure label="Price" hint={`per ${listing.priceUnit} and day`}>
        {formatUnitPrice(listing.priceMicrosPerUnitDay, listing.currency)}
      </Figure>
      <Figure label="Duration">
        {formatDuration(listing.shortestDurationSeconds)} to {formatDuration(listing.longestDurationSeconds)}
      </Figure>
      {isRentable ? (
        <Button
          component={Link}
          to={`/listings/${listing.id}/rent`}
          className={classes.rent ?? ''}
          aria-label={`Rent ${listing.title}`}
        >
          Rent
        </Button>
      ) : null}
    </Card>
  );
}
