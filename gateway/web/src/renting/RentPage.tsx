import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import { Answer } from '../layout/Answer';
import { AttestedBadge, SimulatedBadge } from '../layout/Badges';
import { PageTitle } from '../layout/PageTitle';
import { useListing } from '../listings/useListings';
import { ListingFigures } from './ListingFigures';
import { QuoteForm } from './QuoteForm';
import { QuoteView } from './QuoteView';
import { useAskQuote, useQuote } from './useRenting';

/** The quote's id is in the address, so that a locked price survives a reload; what was typed never is. */
export function RentPage() {
  const { listingId = '' } = useParams();
  const [parameters, setParameters] = useSearchParams();
  const quoteId = parameters.get('quote');
  const listing = useListing(listingId);
  const quote = useQuote(quoteId);
  const askQuote = useAskQuote();
  const queryClient = useQueryClient();

  const forgetQuote = () => {
    askQuote.reset();
    if (quoteId) {
      setParameters({}, { replace: true });
    }
  };

  return (
    <Answer query={listing}>
      {(offer) => (
        <>
          <Anchor component={Link} to="/listings" size="sm">
            All listings
          </Anchor>
          <PageTitle
            title={`Rent ${offer.title}`}
            hint={`${offer.location}, ${offer.algorithm}`}
            badges={
              <>
                <SimulatedBadge isSimulated={offer.isSimulated} />
                <AttestedBadge isPoolAttested={offer.isPoolAttested} />
              </>
            }
          />
          <ListingFigures listing={offer} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" mt="lg">
            <QuoteForm
              listing={offer}
              isPending={askQuote.isPending}
              error={askQuote.error}
              onChange={forgetQuote}
              onAsk={(request) =>
                askQuote.mutate(request, {
                  onSuccess: (answer) => {
                    queryClient.setQueryData(['quote', answer.id], answer);
                    setParameters({ quote: answer.id }, { replace: true });
                  },
                })
              }
            />
            <Stack aria-live="polite">
              {quoteId ? (
                <Answer query={quote}>{(answer) => <QuoteView quote={answer} />}</Answer>
              ) : (
                <Text c="dimmed" size="sm">
                  Ask for the price: each pool is then connected to once, every rule is shown with what to
                  change, and the price is locked for some minutes. Nothing is bound until you order.
                </Text>
              )}
            </Stack>
          </SimpleGrid>
        </>
      )}
    </Answer>
  );
}
