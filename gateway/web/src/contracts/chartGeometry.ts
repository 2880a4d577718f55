import { thousandths } from '../format/ratio';
import type { Sample } from './liveHistory';

export interface Frame {
  width: number;
  height: number;
  left: number;
  bottom: number;
}

const SHORTEST_SPAN_MILLISECONDS = 120_000;
const HEADROOM_PERCENT = 120n;
const GRID_STEPS = 4n;

export interface Scale {
  x: (atMilliseconds: number) => number;
  y: (hashrate: bigint) => number;
  gridHashrates: bigint[];
}

/** Hashrates become pixels by whole thousandths of the highest; nothing is read back from them. */
export function scaleOf(samples: Sample[], promised: bigint, frame: Frame): Scale {
  const highest = samples.reduce(
    (top, { oneMinute, fiveMinutes }) => higher(top, higher(oneMinute, fiveMinutes)),
    higher(promised, 1n),
  );
  const top = (highest * HEADROOM_PERCENT) / 100n || 1n;
  const first = samples[0]?.atMilliseconds ?? 0;
  const span = Math.max(SHORTEST_SPAN_MILLISECONDS, (samples.at(-1)?.atMilliseconds ?? 0) - first);
  const plotHeight = frame.height - frame.bottom;
  return {
    x: (at) => frame.left + ((at - first) / span) * (frame.width - frame.left),
    y: (hashrate) => plotHeight - (thousandths(hashrate, top) / 1000) * plotHeight,
    gridHashrates: [0n, 1n, 2n, 3n].map((step) => (highest * step) / (GRID_STEPS - 1n)),
  };
}

export function linePath(samples: Sample[], scale: Scale, value: (sample: Sample) => bigint): string {
  return samples
    .map(
      (sample, index) =>
        `${index === 0 ? 'M' : 'L'}${scale.x(sample.atMilliseconds).toFixed(1)} ${scale.y(value(sample)).toFixed(1)}`,
    )
    .join('');
}

export function nearestSample(samples: Sample[], scale: Scale, x: number): Sample | undefined {
  return samples.reduce<Sample | undefined>((best, sample) => {
    const distance = (one: Sample) => Math.abs(scale.x(one.atMilliseconds) - x);
    return best && distance(best) <= distance(sample) ? best : sample;
  }, undefined);
}

function higher(left: bigint, right: bigint): bigint {
  if (left > right) {
    return left;
  }
  return right;
}
