import { Button, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Farm } from '../api/shapes';
import { HASHRATE_INPUT_UNITS, parseHashrate } from '../format/hashrate';
import { AmountInput, type TypedAmount } from '../layout/AmountInput';
import { ProblemNote } from '../layout/ProblemNote';
import { loginPartError } from './rigRules';
import { useCreateRig } from './useRigs';

const ALGORITHMS = [
  { value: 'sha256d', label: 'sha256d' },
  { value: 'sha256d-demo', label: 'sha256d-demo (simulated)' },
  { value: 'scrypt', label: 'scrypt' },
  { value: 'x11', label: 'x11 (attested by the pool)' },
];

export function NewRig({ farm }: { farm: Farm }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open} aria-label={`New rig in ${farm.name}`}>
        New rig
      </Button>
      <Modal opened={isOpen} onClose={close} title={`New rig in ${farm.name}`} centered>
        <NewRigForm farm={farm} />
      </Modal>
    </>
  );
}

function NewRigForm({ farm }: { farm: Farm }) {
  const create = useCreateRig(farm.id);
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [algorithm, setAlgorithm] = useState('sha256d');
  const [nameplate, setNameplate] = useState<TypedAmount>({ amount: '', unit: 'TH/s' });
  const [isTried, setIsTried] = useState(false);
  const nameError = loginPartError(name);
  const nameplateHashrate = parseHashrate(nameplate.amount, nameplate.unit);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (!nameError && nameplateHashrate) {
      create.mutate(
        { name: name.trim(), algorithm, nameplateHashrate },
        { onSuccess: (rig) => navigate(`/rigs/${rig.id}`) },
      );
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="Second part of the Stratum login."
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isTried ? nameError : null}
        />
        <NativeSelect
          label="Algorithm"
          data={ALGORITHMS}
          value={algorithm}
          onChange={(event) => setAlgorithm(event.currentTarget.value)}
        />
        <AmountInput
          label="Nameplate hashrate"
          description="What the machines claim together; the measured one stands beside it."
          units={HASHRATE_INPUT_UNITS}
          value={nameplate}
          onChange={setNameplate}
          error={isTried && !nameplateHashrate ? 'A number above zero, with a point for fractions.' : null}
        />
        <ProblemNote error={create.error} />
        <Button type="submit" loading={create.isPending}>
          Create the rig
        </Button>
      </Stack>
    </form>
  );
}
