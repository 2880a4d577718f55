import { Button, Fieldset, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { Pool } from '../api/shapes';
import { EMPTY_POOL, MAX_POOLS, poolErrors } from './poolRules';

interface PoolFieldsProps {
  pools: Pool[];
  onChange: (pools: Pool[]) => void;
  areErrorsShown: boolean;
}

/** One to five pools, best first. */
export function PoolFields({ pools, onChange, areErrorsShown }: PoolFieldsProps) {
  const replace = (index: number, changed: Partial<Pool>) =>
    onChange(pools.map((pool, at) => (at === index ? { ...pool, ...changed } : pool)));
  return (
    <Stack gap="sm">
      {pools.map((pool, index) => (
        <PoolField
          // biome-ignore lint/suspicious/noArrayIndexKey: a pool's place in the list is its priority and its identity.
          key={index}
          pool={pool}
          place={index}
          areErrorsShown={areErrorsShown}
          onChange={(changed) => replace(index, changed)}
          {...(pools.length > 1 && { onRemove: () => onChange(pools.filter((_, at) => at !== index)) })}
        />
      ))}
      {pools.length < MAX_POOLS ? (
        <Group>
          <Button variant="default" size="xs" onClick={() => onChange([...pools, EMPTY_POOL])}>
            Add a pool to fall back to
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

interface PoolFieldProps {
  pool: Pool;
  place: number;
  areErrorsShown: boolean;
  onChange: (changed: Partial<Pool>) => void;
  onRemove?: () => void;
}

function PoolField({ pool, place, areErrorsShown, onChange, onRemove }: PoolFieldProps) {
  const errors = areErrorsShown ? poolErrors(pool) : { url: null, user: null };
  return (
    <Fieldset legend={place === 0 ? 'Pool' : `Fallback ${place}`} p="sm">
      <Stack gap="xs">
        <TextInput
          label="Address"
          placeholder="stratum+tcp://pool.example.com:3333"
          autoComplete="off"
          spellCheck={false}
          value={pool.url}
          error={errors.url}
          onChange={(event) => onChange({ url: event.currentTarget.value })}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          <TextInput
            label="User"
            autoComplete="off"
            spellCheck={false}
            value={pool.user}
            error={errors.user}
            onChange={(event) => onChange({ user: event.currentTarget.value })}
          />
          <TextInput
            label="Password"
            autoComplete="off"
            spellCheck={false}
            value={pool.password}
            onChange={(event) => onChange({ password: event.currentTarget.value })}
          />
        </SimpleGrid>
        {onRemove ? (
          <Group justify="flex-end">
            <Button variant="subtle" color="gray" size="compact-xs" onClick={onRemove}>
              Remove
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Fieldset>
  );
}
