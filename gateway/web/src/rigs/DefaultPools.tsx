import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Pool, Rig } from '../api/shapes';
import { ProblemNote } from '../layout/ProblemNote';
import { PoolCheckResult } from '../pools/PoolCheckResult';
import { PoolFields } from '../pools/PoolFields';
import { arePoolsComplete, EMPTY_POOL, trimmed } from '../pools/poolRules';
import { useCheckPools, useSetDefaultPools } from './useRigs';

/** The seller's own pools. Passwords are never shown back, so that changing one means typing all again. */
export function DefaultPools({ rig }: { rig: Rig }) {
  const [isEditing, setIsEditing] = useState(rig.defaultPools.length === 0);
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2}>Your own pools</Title>
        {isEditing ? null : (
          <Button variant="default" size="xs" onClick={() => setIsEditing(true)}>
            Change
          </Button>
        )}
      </Group>
      {isEditing ? (
        <DefaultPoolsForm rig={rig} onDone={() => setIsEditing(false)} />
      ) : (
        <Stack gap="xs">
          {rig.defaultPools.map(({ url, user }, place) => (
            <div key={`${url} ${user}`}>
              <Text size="sm" className="breakable">
                {place + 1}. {url}
              </Text>
              <Text size="xs" c="dimmed" className="breakable">
                {user}
              </Text>
            </div>
          ))}
        </Stack>
      )}
    </Card>
  );
}

function DefaultPoolsForm({ rig, onDone }: { rig: Rig; onDone: () => void }) {
  const [pools, setPools] = useState<Pool[]>(() =>
    rig.defaultPools.length > 0 ? rig.defaultPools.map((pool) => ({ ...pool, password: 'x' })) : [EMPTY_POOL],
  );
  const [isTried, setIsTried] = useState(false);
  const setDefaultPools = useSetDefaultPools(rig.id);
  const checkPools = useCheckPools(rig);
  const whenComplete = (act: (complete: Pool[]) => void) => (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (arePoolsComplete(pools)) {
      act(pools.map(trimmed));
    }
  };
  return (
    <form
      onSubmit={whenComplete((complete) => setDefaultPools.mutate(complete, { onSuccess: onDone }))}
      noValidate
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Where your workers hash whenever nobody rents them. Type the passwords again: they are kept sealed.
        </Text>
        <PoolFields pools={pools} onChange={setPools} areErrorsShown={isTried} />
        <ProblemNote error={setDefaultPools.error ?? checkPools.error} />
        {checkPools.data?.map((check) => (
          <PoolCheckResult key={`${check.url} ${check.user}`} check={check} />
        ))}
        <Group justify="flex-end" gap="xs">
          {rig.defaultPools.length > 0 ? (
            <Button variant="subtle" color="gray" onClick={onDone}>
              Leave as they are
            </Button>
          ) : null}
          <Button
            variant="default"
            loading={checkPools.isPending}
            onClick={whenComplete((complete) => checkPools.mutate(complete))}
          >
            Check
          </Button>
          <Button type="submit" loading={setDefaultPools.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
