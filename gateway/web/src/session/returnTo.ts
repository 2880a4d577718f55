/** Where sign-in leads back to: only ever a page of ours. */
export function returnPath(state: unknown): string {
  const path = typeof state === 'object' && state !== null && 'returnTo' in state ? state.returnTo : null;
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/';
}
