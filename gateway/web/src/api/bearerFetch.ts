import type { AccessTokens } from './accessTokens';

type Send = (request: Request) => Promise<Response>;

const UNAUTHORIZED = 401;

/** Sends the access token along; one that a service no longer takes is renewed once. */
export function bearerFetch(tokens: AccessTokens, send: Send = (request) => fetch(request)): Send {
  return async (request) => {
    const again = request.clone();
    const token = await tokens.current();
    const response = await send(withBearer(request, token));
    if (response.status !== UNAUTHORIZED || token === null) {
      return response;
    }
    tokens.forget();
    const fresh = await tokens.current();
    return fresh ? send(withBearer(again, fresh)) : response;
  };
}

function withBearer(request: Request, token: string | null): Request {
  if (token) {
    request.headers.set('Authorization', `Bearer ${token}`);
  }
  return request;
}
