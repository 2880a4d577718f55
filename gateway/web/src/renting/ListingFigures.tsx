import { Card, SimpleGrid } from '@mantine/core';
import type { Listing } from '../api/shapes';
import { formatHashrate } from '../format/hashrate';
import { formatUnitPrice } from '../format/price';
import { Figure } from '../layout/Figure';
import { MeasuredBesideClaimed } from '../listings/MeasuredBesideClaimed';

export function ListingFigures({ listing }: { listing: Listing }) {
  return (
    <Card>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <Figure label="On offer">{formatHashrate(listing.offeredHashrate)}</Figure>
        <MeasuredBesideClaimed measured={listing.measured} nameplateHashrate={listing.nameplateHashrate} />
        <Figure label="Price" hint={`per ${listing.priceUnit} and day`}>
          {formatUnitPrice(listing.priceMicrosPerUnitDay, listing.currency)}
        </Figure>
      </SimpleGrid>
    </Card>
  );
}
