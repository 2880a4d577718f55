import { Button, Group, Menu, Text } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import { useSession, useSignOut } from './useSession';

export function AccountMenu() {
  const { session, isKnown } = useSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  if (!isKnown) {
    return null;
  }
  if (!session) {
    return (
      <Group gap="xs" wrap="nowrap">
        <Button component={Link} to="/sign-in" size="compact-md">
          Sign in
        </Button>
      </Group>
    );
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          maw={180}
          aria-label={`Account of ${session.organisationName}`}
        >
          <Text span size="sm" truncate>
            {session.organisationName}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="breakable">
          {session.email}
          <br />
          {session.roles.join(', ')}
        </Menu.Label>
        <Menu.Item onClick={() => signOut.mutate(undefined, { onSuccess: () => navigate('/listings') })}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
