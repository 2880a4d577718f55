import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accessTokens, identity, take } from '../api/clients';
import { ApiProblem } from '../api/problem';
import { SESSION_KEY } from '../api/queries';
import type { RegisterAccount, SessionInfo } from '../api/shapes';

const SESSION_STALE_MILLISECONDS = 60_000;
const UNAUTHORIZED = 401;

export function useSession(): { session: SessionInfo | null; isKnown: boolean; error: Error | null } {
  const query = useQuery({
    queryKey: SESSION_KEY,
    queryFn: askSession,
    staleTime: SESSION_STALE_MILLISECONDS,
  });
  return { session: query.data ?? null, isKnown: query.data !== undefined, error: query.error };
}

export function useSignIn() {
  const begin = useBeginSession();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      take(identity.POST('/api/identity/session', { body })),
    onSuccess: begin,
  });
}

/** A new account does not have to sign in again, whether or not registering already set the cookie. */
export function useRegister() {
  const begin = useBeginSession();
  return useMutation({
    mutationFn: async (body: RegisterAccount) => {
      await take(identity.POST('/api/identity/accounts', { body }));
      const { email, password } = body;
      return take(identity.POST('/api/identity/session', { body: { email, password } }));
    },
    onSuccess: begin,
  });
}

export function useSignOut() {
  const begin = useBeginSession();
  return useMutation({
    mutationFn: () => take(identity.DELETE('/api/identity/session')),
    onSuccess: () => begin(null),
  });
}

/** Nothing that the one before could see may stay in memory. */
function useBeginSession() {
  const queryClient = useQueryClient();
  return (session: SessionInfo | null) => {
    accessTokens.reset();
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
    queryClient.setQueryData(SESSION_KEY, session);
  };
}

async function askSession(): Promise<SessionInfo | null> {
  try {
    return await take(identity.GET('/api/identity/session'));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === UNAUTHORIZED) {
      return null;
    }
    throw error;
  }
}
