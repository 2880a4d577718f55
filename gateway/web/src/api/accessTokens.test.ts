import { describe, expect, it, vi } from 'vitest';
import { AccessTokens, type IssuedToken } from './accessTokens';
import { bearerFetch } from './bearerFetch';

const FIVE_MINUTES = 300_000;

function tokensWith(...answers: (IssuedToken | null)[]) {
  const clock = { now: 0 };
  const issue = vi.fn(async () => answers.shift() ?? null);
  return { clock, issue, tokens: new AccessTokens(issue, () => clock.now) };
}

const issued = (token: string): IssuedToken => ({ token, lifetimeMilliseconds: FIVE_MINUTES });

describe('an access token', () => {
  it('is asked for once by callers that come together', async () => {
    const { issue, tokens } = tokensWith(issued('one'));
    expect(await Promise.all([tokens.current(), tokens.current()])).toEqual(['one', 'one']);
    expect(issue).toHaveBeenCalledTimes(1);
  });

  it('is renewed before it expires', async () => {
    const { clock, tokens } = tokensWith(issued('one'), issued('two'));
    await tokens.current();
    clock.now = FIVE_MINUTES - 46_000;
    expect(await tokens.current()).toBe('one');
    clock.now = FIVE_MINUTES - 44_000;
    expect(await tokens.current()).toBe('two');
  });

  it('is not asked for again while nobody is signed in', async () => {
    const { issue, tokens } = tokensWith(null, issued('one'));
    expect(await tokens.current()).toBeNull();
    expect(await tokens.current()).toBeNull();
    expect(issue).toHaveBeenCalledTimes(1);
    tokens.reset();
    expect(await tokens.current()).toBe('one');
  });

  it('of the one who signed out is dropped although it was under way', async () => {
    let answer: (token: IssuedToken) => void = () => {};
    const issue = vi.fn(() => new Promise<IssuedToken | null>((resolve) => (answer = resolve)));
    const tokens = new AccessTokens(issue, () => 0);
    const before = tokens.current();
    tokens.reset();
    answer(issued('of-the-one-before'));
    expect(await before).toBeNull();
    const after = tokens.current();
    answer(issued('mine'));
    expect(await after).toBe('mine');
  });

  it('is asked for again after a request for it failed', async () => {
    const issue = vi.fn().mockRejectedValueOnce(new TypeError('offline')).mockResolvedValue(issued('one'));
    const tokens = new AccessTokens(issue, () => 0);
    await expect(tokens.current()).rejects.toThrow('offline');
    expect(await tokens.current()).toBe('one');
  });
});

describe('a request', () => {
  const request = () =>
    new Request('http://marketplace.test/api/catalog/farms', { method: 'POST', body: '{}' });

  it('goes out again, with its body, when its token is no longer taken', async () => {
    const { tokens } = tokensWith(issued('old'), issued('new'));
    const seen: string[] = [];
    const send = bearerFetch(tokens, async (sent) => {
      seen.push(`${sent.headers.get('Authorization')} ${await sent.text()}`);
      return new Response(null, { status: seen.length === 1 ? 401 : 200 });
    });
    expect((await send(request())).status).toBe(200);
    expect(seen).toEqual(['Bearer old {}', 'Bearer new {}']);
  });

  it('of a visitor carries no token and is not sent twice', async () => {
    const { tokens } = tokensWith(null);
    const send = vi.fn(async (sent: Request) => {
      expect(sent.headers.has('Authorization')).toBe(false);
      return new Response(null, { status: 401 });
    });
    expect((await bearerFetch(tokens, send)(request())).status).toBe(401);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
