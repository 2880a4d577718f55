import { Button, Center, NativeSelect, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { Answer } from '../layout/Answer';
import { PageTitle } from '../layout/PageTitle';
import { useSession } from '../session/useSession';
import { ListingRow } from './ListingRow';
import { useListings } from './useListings';

const ALGORITHMS = [
  { value: '', label: 'Every algorithm' },
  { value: 'sha256d', label: 'sha256d' },
  { value: 'sha256d-demo', label: 'sha256d-demo (simulated)' },
  { value: 'scrypt', label: 'scrypt' },
  { value: 'x11', label: 'x11 (attested by the pool)' },
];

export function ListingsPage() {
  const [parameters, setParameters] = useSearchParams();
  const algorithm = parameters.get('algorithm') ?? '';
  const listings = useListings(algorithm);
  const { session } = useSession();
  const isRentable = !session || session.roles.includes('renter');
  return (
    <>
      <PageTitle
        title="Listings"
        hint="Hashrate on offer. Measured means proved by shares that were hashed again here, or where it says so attested by the pool; you pay for counted work only."
      >
        <NativeSelect
          aria-label="Algorithm"
          data={ALGORITHMS}
          value={algorithm}
          onChange={(event) =>
            setParameters(event.currentTarget.value ? { algorithm: event.currentTarget.value } : {})
          }
        />
      </PageTitle>
      <Answer query={listings}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <Stack gap="sm">
              {items.map((listing) => (
                <ListingRow key={listing.id} listing={listing} isRentable={isRentable} />
              ))}
              {items.length === 0 ? <Text c="dimmed">Nothing is on offer right now.</Text> : null}
              {listings.hasNextPage ? (
                <Center>
                  <Button
                    variant="default"
                    loading={listings.isFetchingNextPage}
                    onClick={() => listings.fetchNextPage()}
                  >
                    Show more
                  </Button>
                </Center>
              ) : null}
            </Stack>
          );
        }}
      </Answer>
    </>
  );
}
