import { createServer } from 'node:http';
import * as answers from './answers.mjs';
import { contract, farms, id, listings, people, rigs, secondsFromNow, usd } from './data.mjs';
import { contractHeads } from './heads.mjs';

const PORT = Number(process.env.PORT ?? 8080);
const TOKEN_SECONDS = 300;

/** Stands in for the marketplace while pages are drawn: fixed answers and one signed-in person per cookie. */
const orders = new Map();

const problem = (status, code, detail) => ({
  status,
  body: { status, code, detail, traceId: '4bf92f3577b34da6' },
});
const ok = (body, status = 200, headers = {}) => ({ status, body, headers });

const sessionOf = (email) =>
  people[email] ? { accountId: id(800), email, organisationId: id(900), ...people[email] } : null;

const sellerView = { ...contract, destinations: [] };
const order = (status) => ({
  id: contract.orderId,
  contractId: contract.id,
  quoteId: id(50),
  status,
  total: usd('0.48'),
  placedAt: secondsFromNow(-5),
  payBeforeAt: secondsFromNow(595),
});

const routes = [
  ['POST', /^\/identity\/session$/, ({ body }) => signIn(body.email)],
  ['POST', /^\/identity\/accounts$/, ({ body }) => ok(register(body), 201)],
  ['GET', /^\/identity\/session$/, ({ session }) => (session ? ok(session) : signedOut())],
  ['DELETE', /^\/identity\/session$/, () => ok(null, 204, { 'Set-Cookie': 'session=; Path=/; Max-Age=0' })],
  ['POST', /^\/identity\/tokens$/, ({ session }) => (session ? ok(token(session.email)) : signedOut())],
  ['GET', /^\/catalog\/farms$/, () => ok(farms)],
  ['GET', /^\/catalog\/rigs$/, () => ok(rigs)],
  [
    'GET',
    /^\/catalog\/rigs\/([^/]+)$/,
    ({ match }) => ok(rigs.find((rig) => rig.id === match[1]) ?? rigs[0]),
  ],
  ['GET', /^\/catalog\/listings\/mine$/, () => ok(listings)],
  ['GET', /^\/catalog\/listings$/, () => ok(answers.listingPage)],
  ['GET', /^\/catalog\/listings\/([^/]+)$/, ({ match }) => ok(listings.find((one) => one.id === match[1]))],
  ['POST', /^\/ordering\/quotes$/, ({ body }) => ok(remember(answers.quoteOf(body)), 201)],
  ['GET', /^\/ordering\/quotes\//, () => ok(orders.get('quote'))],
  ['POST', /^\/ordering\/orders$/, () => ok(order('placed'), 201)],
  ['GET', /^\/ordering\/orders\//, () => ok(order(orders.get('paid') ? 'paid' : 'placed'))],
  ['GET', /^\/ordering\/contracts$/, () => ok([contract])],
  ['GET', /^\/ordering\/contracts\//, ({ bearer }) => ok(bearer.includes('seller') ? sellerView : contract)],
  ['POST', /^\/billing\/orders\/.*\/sandbox-payment$/, ({ body }) => pay(body.cardNumber)],
  ['GET', /^\/billing\/contracts\/.*\/settlement$/, () => ok(answers.settlement)],
  ['GET', /^\/billing\/contracts\/.*\/documents$/, () => ok(answers.documents)],
  ['GET', /^\/billing\/ledger\/trial-balance$/, () => ok(answers.trialBalance)],
  ['GET', /^\/billing\/ledger\/entries$/, () => ok({ items: answers.entries, nextCursor: null })],
  ['POST', /^\/proxy\/pool-checks$/, ({ body }) => ok(answers.poolCheck(body.pool))],
  ['GET', /^\/proxy\/rigs\/([^/]+)\/live$/, ({ match }) => ok(answers.rigLive(match[1]))],
  ['GET', /^\/proxy\/contracts\/.*\/live$/, () => ok(answers.contractLive())],
  ['GET', /^\/proxy\/contracts\/.*\/heads$/, ({ query }) => ok(contractHeads(query.get('after')))],
];

/** Followed until the page goes away. */
const STREAMS = [
  [/^\/api\/proxy\/contracts\/.*\/live\/events$/, answers.contractLive, 1_000],
  [/^\/api\/proxy\/contracts\/.*\/heads\/events$/, contractHeads, 60_000],
];

function stream(request, response, view, intervalMilliseconds) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  const say = () => response.write(`event: live\nid: ${Date.now()}\ndata: ${JSON.stringify(view())}\n\n`);
  say();
  const timer = setInterval(say, intervalMilliseconds);
  request.on('close', () => clearInterval(timer));
}

const signedOut = () => problem(401, 'unauthenticated', 'Sign in first.');
const token = (email) => ({ token: `mock-${email}`, expiresAt: secondsFromNow(TOKEN_SECONDS) });

function signIn(email) {
  const session = sessionOf(email);
  return session
    ? ok(session, 200, { 'Set-Cookie': `session=${email}; Path=/; HttpOnly; SameSite=Strict` })
    : problem(401, 'sign-in-refused', 'The e-mail address or the password is wrong.');
}

function register({ email, organisationName, role }) {
  people[email] = { organisationName, roles: [role] };
  return sessionOf(email);
}

function remember(quote) {
  orders.set('quote', quote);
  orders.delete('paid');
  return quote;
}

function pay(cardNumber) {
  if (cardNumber !== '4242424242424242') {
    return problem(409, 'payment-declined', 'The card was declined. Nothing was taken; try another one.');
  }
  orders.set('paid', true);
  return ok({ orderId: contract.orderId, contractId: contract.id, total: usd('0.48'), status: 'paid' });
}

createServer(async (request, response) => {
  const followed = STREAMS.find(([pattern]) => pattern.test(request.url));
  if (followed) {
    stream(request, response, ...followed.slice(1));
    return;
  }
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  const { pathname, searchParams } = new URL(request.url, 'http://mock');
  const path = pathname.replace(/^\/api/, '');
  const email = /session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const found = routes.find(([method, pattern]) => method === request.method && pattern.test(path));
  const asked = {
    body: text ? JSON.parse(text) : {},
    match: found?.[1].exec(path),
    query: searchParams,
    session: sessionOf(email),
    bearer: request.headers.authorization ?? '',
  };
  const { status, body, headers } = found
    ? found[2](asked)
    : problem(404, 'not-found', `${path} is not mocked.`);
  const kind = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'Content-Type': kind, ...headers });
  response.end(body === null ? '' : JSON.stringify(body));
}).listen(PORT, '127.0.0.1', () => console.log(`The mock answers on http://127.0.0.1:${PORT}`));
