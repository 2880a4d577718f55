import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Contract } from '../api/shapes';
import { ProblemNote } from '../layout/ProblemNote';
import { useCancelContract } from './useContracts';

export function CancelContract({ contract }: { contract: Contract }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const cancel = useCancelContract(contract.id);
  return (
    <>
      <Button variant="default" onClick={open}>
        Cancel the contract
      </Button>
      <Modal opened={isOpen} onClose={close} title="Cancel this contract?" centered>
        <Stack gap="md">
          <Text size="sm">
            The fleet goes back to its seller within seconds. Work done until then stays earned; the rest of
            your held funds comes back to you. This cannot be undone.
          </Text>
          <ProblemNote error={cancel.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Keep it
            </Button>
            <Button
              color="red"
              loading={cancel.isPending}
              onClick={() => cancel.mutate(undefined, { onSuccess: close })}
            >
              Cancel it now
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
