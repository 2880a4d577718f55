import type { components as Billing } from './billing';
import type { components as Catalog } from './catalog';
import type { components as Identity } from './identity';
import type { components as Ordering } from './ordering';
import type { components as HashrateProxy } from './proxy';

export type SessionInfo = Identity['schemas']['SessionInfo'];
export type RegisterAccount = Identity['schemas']['RegisterAccount'];

export type Farm = Catalog['schemas']['Farm'];
export type Rig = Catalog['schemas']['Rig'];
export type Pool = Catalog['schemas']['Pool'];
export type PoolView = Catalog['schemas']['PoolView'];
export type Listing = Catalog['schemas']['Listing'];
export type MeasuredHashrate = Catalog['schemas']['MeasuredHashrate'];
export type Currency = Listing['currency'];
export type CreateFarm = Catalog['schemas']['CreateFarm'];
export type CreateRig = Catalog['schemas']['CreateRig'];
export type PublishListing = Catalog['schemas']['PublishListing'];

export type Quote = Ordering['schemas']['Quote'];
export type Order = Ordering['schemas']['Order'];
export type Contract = Ordering['schemas']['Contract'];

export type PaymentDue = Billing['schemas']['PaymentDue'];
export type { MoneyAmount as Money } from '../format/money';
export type ContractSettlement = Billing['schemas']['ContractSettlement'];
export type ContractDocument = Billing['schemas']['Document'];
export type LedgerEntry = Billing['schemas']['LedgerEntry'];
export type TrialBalance = Billing['schemas']['TrialBalance'];

export type PoolCheck = HashrateProxy['schemas']['PoolCheck'];
export type RigLive = HashrateProxy['schemas']['RigLive'];
export type WorkerLive = HashrateProxy['schemas']['WorkerLive'];
export type ContractLive = HashrateProxy['schemas']['ContractLive'];
export type LiveWindow = HashrateProxy['schemas']['LiveWindow'];
export type ContractFlow = HashrateProxy['schemas']['ContractFlow'];
export type ContractHeads = HashrateProxy['schemas']['ContractHeads'];
