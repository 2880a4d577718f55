import { useEffect, useState } from 'react';
import type { ContractLive } from '../api/shapes';

/** Half an hour of live answers; older ones leave the chart. */
export const MAX_SAMPLES = 900;

export interface Sample {
  atMilliseconds: number;
  oneMinute: bigint;
  fiveMinutes: bigint;
}

/** The samples of a contract since its page was opened. */
export function useLiveHistory(live: ContractLive): Sample[] {
  const [samples, setSamples] = useState<Sample[]>([]);
  useEffect(() => setSamples((earlier) => withSample(earlier, live)), [live]);
  return samples;
}

/** The same answer twice, or an older one, adds nothing. */
export function withSample(samples: Sample[], live: ContractLive): Sample[] {
  const atMilliseconds = Date.parse(live.seenAt);
  if (atMilliseconds <= (samples.at(-1)?.atMilliseconds ?? 0)) {
    return samples;
  }
  const sample = {
    atMilliseconds,
    oneMinute: BigInt(live.oneMinute.hashrate),
    fiveMinutes: BigInt(live.fiveMinutes.hashrate),
  };
  return [...samples, sample].slice(-MAX_SAMPLES);
}
