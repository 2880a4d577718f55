import {
  Anchor,
  Button,
  Card,
  PasswordInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { hasLength, isEmail, isNotEmpty, useForm } from '@mantine/form';
import { Link, Navigate, useLocation } from 'react-router';
import { PageTitle } from '../layout/PageTitle';
import { ProblemNote } from '../layout/ProblemNote';
import { COUNTRIES } from './countries';
import { returnPath } from './returnTo';
import { useRegister, useSession } from './useSession';

const SHORTEST_PASSWORD = 12;

export function RegisterPage() {
  const { session } = useSession();
  const { state } = useLocation();
  const register = useRegister();
  const form = useForm({
    initialValues: { email: '', password: '', organisationName: '', countryCode: '', role: 'renter' },
    validate: {
      email: isEmail('An e-mail address is needed.'),
      password: hasLength({ min: SHORTEST_PASSWORD }, `At least ${SHORTEST_PASSWORD} characters.`),
      organisationName: isNotEmpty('Whom documents are made out to.'),
      countryCode: isNotEmpty('It decides the tax on documents.'),
    },
  });
  if (session) {
    return <Navigate to={returnPath(state)} replace />;
  }
  return (
    <Card maw={440} mx="auto" mt="xl" padding="lg">
      <PageTitle title="Open an account" />
      <form onSubmit={form.onSubmit((values) => register.mutate(values))} noValidate>
        <Stack gap="sm">
          <SegmentedControl
            fullWidth
            aria-label="What you come for"
            data={[
              { value: 'renter', label: 'I rent hashrate' },
              { value: 'seller', label: 'I own machines' },
            ]}
            {...form.getInputProps('role')}
          />
          <TextInput
            label="Organisation or name"
            autoComplete="organization"
            {...form.getInputProps('organisationName')}
          />
          <Select
            label="Country"
            data={COUNTRIES}
            searchable
            autoComplete="country"
            nothingFoundMessage="No such country"
            {...form.getInputProps('countryCode')}
          />
          <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            description={`At least ${SHORTEST_PASSWORD} characters; a sentence is a good one.`}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <ProblemNote error={register.error} />
          <Button type="submit" loading={register.isPending}>
            Open the account
          </Button>
          <Text size="sm" c="dimmed">
            Already here?{' '}
            <Anchor component={Link} to="/sign-in" state={state}>
              Sign in
            </Anchor>
          </Text>
        </Stack>
      </form>
    </Card>
  );
}
