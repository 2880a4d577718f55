import { Button, Modal, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import type { Currency, Rig } from '../api/shapes';
import { formatHashrate, HASHRATE_INPUT_UNITS, splitHashrate } from '../format/hashrate';
import { DURATION_INPUT_UNITS } from '../format/time';
import { AmountInput } from '../layout/AmountInput';
import { ProblemNote } from '../layout/ProblemNote';
import { type ListingDraft, readDraft } from './listingRules';
import { usePublishListing } from './useRigs';

const CURRENCIES: Currency[] = ['USD', 'EUR'];
const DURATION_UNITS = DURATION_INPUT_UNITS.map(({ value }) => value);

export function PublishListing({ rig }: { rig: Rig }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" onClick={open}>
        Publish a listing
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Offer hashrate of ${rig.name}`} centered>
        <PublishListingForm rig={rig} onDone={close} />
      </Modal>
    </>
  );
}

function firstDraft(rig: Rig): ListingDraft {
  return {
    title: '',
    offered: splitHashrate(rig.nameplateHashrate),
    price: '',
    currency: 'USD',
    shortest: { amount: '1', unit: 'hours' },
    longest: { amount: '7', unit: 'days' },
  };
}

function PublishListingForm({ rig, onDone }: { rig: Rig; onDone: () => void }) {
  const [draft, setDraft] = useState<ListingDraft>(() => firstDraft(rig));
  const [isTried, setIsTried] = useState(false);
  const publish = usePublishListing();
  const { listing, errors } = readDraft(draft, rig);
  const shown = isTried ? errors : {};
  const change = (changed: Partial<ListingDraft>) => setDraft({ ...draft, ...changed });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (listing) {
      publish.mutate(listing, { onSuccess: onDone });
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label="Title"
          data-autofocus
          value={draft.title}
          error={shown.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <AmountInput
          label="Hashrate on offer"
          description={`The rig claims ${formatHashrate(rig.nameplateHashrate)}`}
          units={HASHRATE_INPUT_UNITS}
          value={draft.offered}
          error={shown.offered}
          onChange={(offered) => change({ offered })}
        />
        <SimpleGrid cols={2} spacing="xs">
          <TextInput
            label={`Price per ${rig.priceUnit} and day`}
            inputMode="decimal"
            value={draft.price}
            error={shown.price}
            onChange={(event) => change({ price: event.currentTarget.value })}
          />
          <NativeSelect
            label="Currency"
            data={CURRENCIES}
            value={draft.currency}
            onChange={(event) => change({ currency: event.currentTarget.value as Currency })}
          />
        </SimpleGrid>
        <SimpleGrid cols={2} spacing="xs">
          <AmountInput
            label="Shortest duration"
            units={DURATION_UNITS}
            value={draft.shortest}
            error={shown.shortest}
            onChange={(shortest) => change({ shortest })}
            isWhole
          />
          <AmountInput
            label="Longest duration"
            units={DURATION_UNITS}
            value={draft.longest}
            error={shown.longest}
            onChange={(longest) => change({ longest })}
            isWhole
          />
        </SimpleGrid>
        <Text size="xs" c="dimmed">
          You are paid for work {rig.isPoolAttested ? 'that pools attest' : 'that is proved'} only; the
          measured hashrate of the rig stands beside your claim.
        </Text>
        <ProblemNote error={publish.error} />
        <Button type="submit" loading={publish.isPending}>
          Publish
        </Button>
      </Stack>
    </form>
  );
}
