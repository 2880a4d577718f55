import { Anchor, Button, Card, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { Link, Navigate, useLocation } from 'react-router';
import { PageTitle } from '../layout/PageTitle';
import { ProblemNote } from '../layout/ProblemNote';
import { returnPath } from './returnTo';
import { useSession, useSignIn } from './useSession';

export function SignInPage() {
  const { session } = useSession();
  const { state } = useLocation();
  const signIn = useSignIn();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: isEmail('An e-mail address is needed.'),
      password: isNotEmpty('A password is needed.'),
    },
  });
  if (session) {
    return <Navigate to={returnPath(state)} replace />;
  }
  return (
    <Card maw={400} mx="auto" mt="xl" padding="lg">
      <PageTitle title="Sign in" />
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
        <Stack gap="sm">
          <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <ProblemNote error={signIn.error} />
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            New here?{' '}
            <Anchor component={Link} to="/register" state={state}>
              Open an account
            </Anchor>
          </Text>
        </Stack>
      </form>
    </Card>
  );
}
