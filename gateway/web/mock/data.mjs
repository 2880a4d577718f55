const TERA = 10n ** 12n;

export const id = (n) => `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const usd = (amount) => ({ amount, currency: 'USD' });
export const secondsFromNow = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
export const terahashes = (tera) => String(BigInt(Math.round(tera * 1000)) * (TERA / 1000n));

export const measured = (tera, seconds) => ({
  hashrate: terahashes(tera),
  windowStartAt: secondsFromNow(-seconds),
  windowEndAt: secondsFromNow(0),
});

export const people = {
  'renter@demo.example': { organisationName: 'Example Renter GmbH', roles: ['renter'] },
  'seller@demo.example': { organisationName: 'Fjord Hash AS', roles: ['seller'] },
  'finance@demo.example': { organisationName: 'Marketplace', roles: ['finance'] },
};

export const farms = [
  {
    id: id(1),
    name: 'fjord',
    location: 'Tromsø, Norway',
    energySource: 'Hydro',
    electricityPriceMicrosPerKwh: 45000,
    createdAt: secondsFromNow(-90000),
  },
];

const rig = (n, name, tera, measuredTera, defaultPools) => ({
  id: id(n),
  farmId: id(1),
  farmName: 'fjord',
  name,
  login: `fjord.${name}`,
  algorithm: 'sha256d-demo',
  isSimulated: true,
  isPoolAttested: false,
  priceUnit: 'PH/s',
  nameplateHashrate: terahashes(tera),
  measured: measuredTera ? measured(measuredTera, 3600) : null,
  defaultPools,
  createdAt: secondsFromNow(-80000),
});

export const rigs = [
  rig(10, 'hall-a', 500, 488.2, [{ url: 'stratum+tcp://own-pool.example:3334', user: 'fjord.hall-a' }]),
  rig(11, 'hall-b', 220, null, []),
];

const listing = (n, title, tera, measuredTera, priceMicrosPerUnitDay, isSimulated) => ({
  id: id(n),
  rigId: id(10),
  sellerId: id(900),
  title,
  location: 'Tromsø, Norway',
  algorithm: isSimulated ? 'sha256d-demo' : 'sha256d',
  isSimulated,
  isPoolAttested: false,
  offeredHashrate: terahashes(tera),
  nameplateHashrate: terahashes(tera * 1.25),
  measured: measuredTera ? measured(measuredTera, 3600) : null,
  priceMicrosPerUnitDay,
  priceUnit: 'PH/s',
  currency: 'USD',
  shortestDurationSeconds: 600,
  longestDurationSeconds: 604800,
  isPublished: true,
  publishedAt: secondsFromNow(-7200),
});

export const listings = [
  listing(20, 'Hydro hall A, steady', 400, 488.2, 45_200_000, true),
  listing(21, 'S21 row, night hours only, with a rather long title', 14_200, 17_101.5, 43_950_000, false),
  listing(22, 'New hall B', 200, null, 39_000_000, true),
];

export const contract = {
  id: id(30),
  orderId: id(31),
  listingId: id(20),
  rigId: id(10),
  listingTitle: 'Hydro hall A, steady',
  algorithm: 'sha256d-demo',
  isSimulated: true,
  isPoolAttested: false,
  hashrate: terahashes(400),
  promisedWork: String(400n * TERA * 1800n),
  price: usd('0.37666666'),
  startAt: secondsFromNow(-620),
  endAt: secondsFromNow(1180),
  paidAt: secondsFromNow(-622),
  firstJobAt: secondsFromNow(-619.2),
  cancelledAt: null,
  status: 'running',
  destinations: [
    { id: id(40), url: 'stratum+tcp://pool-one.example:3335', user: 'bc1qexample.rented', priority: 0 },
    { id: id(41), url: 'stratum+tcp://pool-two.example:3336', user: 'bc1qexample.rented', priority: 1 },
  ],
  outcome: null,
};
