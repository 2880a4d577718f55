import { contract, id, listings, measured, rigs, secondsFromNow, terahashes, usd } from './data.mjs';

const wave = (base, swing, periodSeconds) =>
  base + swing * Math.sin((Date.now() / 1000 / periodSeconds) * 2 * Math.PI);

const rule = (name, verdict, seen, fix = '') => ({ name, verdict, seen, fix });

export function poolCheck(pool) {
  const isLow = pool.url.includes('low');
  return {
    url: pool.url,
    user: pool.user,
    verdict: isLow ? 'fail' : 'warn',
    rules: [
      rule('resolve', 'pass', 'one public address'),
      rule('connect', 'pass', 'in 31 ms'),
      rule('subscribe', 'pass', 'extranonce1 of 4 bytes, extranonce2 of 8'),
      rule('authorize', 'pass', 'accepted'),
      isLow
        ? rule(
            'difficulty',
            'fail',
            '512, at least 18,600 is needed',
            'Use the port for large miners, or put d=32768 in the password.',
          )
        : rule('difficulty', 'pass', '65,536'),
      rule(
        'version rolling',
        'warn',
        'mask 1fffe000, refused by 1 of 5 workers',
        'Nothing; that worker hashes without it.',
      ),
    ],
    transcript: [
      '> {"id":1,"method":"mining.subscribe","params":["marketplace"]}',
      '< {"id":1,"result":[[],"0a0b0c0d",8],"error":null}',
    ],
    checkedAt: secondsFromNow(0),
  };
}

export function quoteOf(request) {
  const poolChecks = request.destinations.map(poolCheck);
  return {
    id: id(50),
    listingId: request.listingId,
    algorithm: 'sha256d-demo',
    isSimulated: true,
    isPoolAttested: false,
    hashrate: request.hashrate,
    durationSeconds: request.durationSeconds,
    promisedWork: String(BigInt(request.hashrate) * BigInt(request.durationSeconds)),
    price: usd('0.38'),
    renterFee: usd('0.02'),
    vat: usd('0.08'),
    total: usd('0.48'),
    lockedUntil: secondsFromNow(300),
    isOrderable: poolChecks.every(({ verdict }) => verdict !== 'fail'),
    poolChecks,
  };
}

const liveWindow = (minutes, tera, shares, confirmed) => ({
  minutes,
  proved: measured(tera, minutes * 60),
  lowest: terahashes(tera * (1 - 1.96 / Math.sqrt(shares))),
  highest: terahashes(tera * (1 + 1.96 / Math.sqrt(shares))),
  shares,
  poolConfirmed: confirmed && terahashes(confirmed),
});

export function contractLive() {
  const elapsed = BigInt(Math.round((Date.now() - Date.parse(contract.startAt)) / 1000));
  return {
    contractId: contract.id,
    isPoolAttested: false,
    workerCount: 4,
    oneMinute: measured(wave(396, 34, 41), 60),
    fiveMinutes: measured(wave(398, 7, 97), 300),
    windows: [
      liveWindow(1, wave(396, 34, 41), 167, 372),
      liveWindow(5, wave(398, 7, 97), 831, 405),
      liveWindow(15, 399.1, 2_480, 402.7),
      liveWindow(60, 399.8, 2_503, 400.9),
    ],
    flow: { state: 'arriving', sinceAt: secondsFromNow(-610), fault: null },
    provedWork: String(396n * 10n ** 12n * elapsed),
    promisedWorkSoFar: String(400n * 10n ** 12n * elapsed),
    activeDestination: contract.destinations[0].url,
    acceptedShares: 1710,
    rejectedSharesByReason: { stale: 6, 'low-difficulty': 1 },
    poolAcceptedShares: 204,
    poolRefusedShares: 0,
    poolUnansweredShares: 1,
    firstJobAt: contract.firstJobAt,
    firstPoolAcceptedAt: secondsFromNow(-612),
    lastShareAt: secondsFromNow(-0.4),
    releasedAt: null,
    seenAt: secondsFromNow(0),
  };
}

export const settlement = {
  contractId: contract.id,
  status: 'accruing',
  price: contract.price,
  renterFee: usd('0.01506666'),
  vat: usd('0.08'),
  held: usd('0.31240001'),
  earned: usd('0.12843333'),
  sellerNet: usd('0.12586467'),
  sellerFee: usd('0.00256866'),
  renterFeeEarned: usd('0.00513733'),
  returned: usd('0.00'),
  promisedWork: contract.promisedWork,
  provedWork: String(BigInt(contract.promisedWork) / 3n),
  isPoolAttested: false,
  readingCount: 10,
  accruedThroughAt: secondsFromNow(-20),
  refusedByOurFault: '0',
  paidByMarketplace: usd('0.00'),
};

export const documents = [
  {
    id: id(60),
    kind: 'invoice',
    number: 'INV-2026-000017',
    contractId: contract.id,
    issuedTo: 'Example Renter GmbH',
    lines: [
      { text: '400.00 TH/s for 30 min', amount: usd('0.38') },
      { text: 'Marketplace fee 4 %', amount: usd('0.02') },
    ],
    net: usd('0.40'),
    vatBasisPoints: 2000,
    vat: usd('0.08'),
    total: usd('0.48'),
    correctsNumber: null,
    issuedAt: secondsFromNow(-622),
  },
];

const worker = (name, firmware, workingFor, tera, acceptedShares, rejectedShares) => ({
  name,
  firmware,
  workingFor,
  oneMinuteHashrate: terahashes(tera),
  windows: [1, 5, 15, 60].map((minutes) => liveWindow(minutes, tera, 12 * minutes, null)),
  difficulty: '18626.4514',
  acceptedShares,
  rejectedShares,
  switches: 3,
  connectedAt: secondsFromNow(-7200),
  lastShareAt: secondsFromNow(-2),
});

export function rigLive(rigId) {
  const workers =
    rigId === rigs[0].id
      ? [
          worker('worker1', 'Antminer S21', 'contract', 104.2, 5120, 4),
          worker('worker2', 'cgminer 4.12', 'contract', 98.7, 4893, 11),
          worker('worker3', 'Antminer S9', 'own-pool', 13.4, 702, 1),
          worker('worker4', 'Bitaxe', 'waiting', 1.2, 88, 0),
        ]
      : [];
  const tera = workers.length > 0 ? wave(484, 20, 60) : 0;
  return {
    rigId,
    isPoolAttested: false,
    workerCount: workers.length,
    oneMinute: measured(tera, 60),
    fiveMinutes: measured(tera, 300),
    windows: [1, 5, 15, 60].map((minutes) => liveWindow(minutes, tera, 48 * minutes, null)),
    workers,
    seenAt: secondsFromNow(0),
  };
}

export const trialBalance = {
  accounts: [
    { account: 'assets:provider:sandbox', balance: usd('0.48') },
    { account: 'liabilities:held:01980000', balance: usd('-0.31240001') },
    { account: 'liabilities:seller:fjord', balance: usd('-0.12586467') },
    { account: 'income:fees', balance: usd('-0.04173532') },
  ],
  asOf: secondsFromNow(0),
};

export const entries = [10, 9].map((minute) => ({
  id: id(70 + minute),
  key: `accrual:${contract.id}:${minute}`,
  description: `Work proved through minute ${minute}`,
  effectiveAt: secondsFromNow(-60 * (12 - minute)),
  postedAt: secondsFromNow(-60 * (12 - minute)),
  postings: [
    { account: 'liabilities:held:01980000', amount: usd('0.01284333') },
    { account: 'liabilities:seller:fjord', amount: usd('-0.01258647') },
    { account: 'income:fees:seller', amount: usd('-0.00025686') },
  ],
}));

export const listingPage = { items: listings, nextCursor: null };
