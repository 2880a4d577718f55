const LOGIN_PART = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;

/** Farm and rig names become the Stratum login, where a point parts them. */
export function loginPartError(name: string): string | null {
  return LOGIN_PART.test(name.trim()) ? null : 'Letters, digits and hyphens only.';
}

/** Where the marketplace listens for workers; the host is the page's own. */
export const STRATUM_PORT = 3333;

export function stratumAddress(): string {
  return `stratum+tcp://${window.location.hostname}:${STRATUM_PORT}`;
}
