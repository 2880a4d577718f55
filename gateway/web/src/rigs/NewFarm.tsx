import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { parseMicros } from '../format/price';
import { ProblemNote } from '../layout/ProblemNote';
import { loginPartError } from './rigRules';
import { useCreateFarm } from './useRigs';

export function NewFarm() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const create = useCreateFarm();
  const form = useForm({
    initialValues: { name: '', location: '', energySource: '', electricityPrice: '' },
    validate: {
      name: loginPartError,
      location: isNotEmpty('Renters see where the machines stand.'),
      energySource: isNotEmpty('Hydro, gas, grid: renters ask for it.'),
      electricityPrice: (text) =>
        text.trim() === '' || parseMicros(text) !== null ? null : 'A price such as 0.045, or nothing.',
    },
  });
  const submit = form.onSubmit(({ name, location, energySource, electricityPrice }) =>
    create.mutate(
      { name, location, energySource, electricityPriceMicrosPerKwh: parseMicros(electricityPrice) },
      {
        onSuccess: () => {
          form.reset();
          close();
        },
      },
    ),
  );
  return (
    <>
      <Button onClick={open}>New farm</Button>
      <Modal opened={isOpen} onClose={close} title="New farm" centered>
        <form onSubmit={submit} noValidate>
          <Stack gap="sm">
            <TextInput
              label="Name"
              description="First part of the Stratum login: letters, digits and hyphens."
              data-autofocus
              {...form.getInputProps('name')}
            />
            <TextInput label="Location" placeholder="Tromsø, Norway" {...form.getInputProps('location')} />
            <TextInput label="Energy source" placeholder="Hydro" {...form.getInputProps('energySource')} />
            <TextInput
              label="Electricity price (USD per kWh)"
              description="Optional."
              inputMode="decimal"
              {...form.getInputProps('electricityPrice')}
            />
            <ProblemNote error={create.error} />
            <Button type="submit" loading={create.isPending}>
              Register the farm
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
