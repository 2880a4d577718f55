import { Alert } from '@mantine/core';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ProblemNote } from '../layout/ProblemNote';
import { useSession } from './useSession';

/** Pages below it need a signed-in person with one of the roles; afterwards sign-in leads back to where one was. */
export function RequireRole({ roles }: { roles: string[] }) {
  const { session, isKnown, error } = useSession();
  const location = useLocation();
  if (!isKnown) {
    return <ProblemNote error={error} />;
  }
  if (!session) {
    return <Navigate to="/sign-in" replace state={{ returnTo: location.pathname + location.search }} />;
  }
  if (!roles.some((role) => session.roles.includes(role))) {
    return (
      <Alert color="yellow" title="Not for this account">
        This page is for the role {roles.join(' or ')}; {session.email} is{' '}
        {session.roles.join(', ') || 'without a role'}.
      </Alert>
    );
  }
  return <Outlet />;
}
