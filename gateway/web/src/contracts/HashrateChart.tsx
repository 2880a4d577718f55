import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { formatHashrate } from '../format/hashrate';
import { formatInstant } from '../format/time';
import { linePath, nearestSample, scaleOf } from './chartGeometry';
import classes from './HashrateChart.module.css';
import type { Sample } from './liveHistory';

const HEIGHT = 220;
const LEFT = 84;
const BOTTOM = 8;

interface HashrateChartProps {
  samples: Sample[];
  promisedHashrate: string;
}

/** Measured against promised, from when the page was opened. */
export function HashrateChart({ samples, promisedHashrate }: HashrateChartProps) {
  const { ref, width } = useElementSize();
  const [pointerX, setPointerX] = useState<number | null>(null);
  const promised = BigInt(promisedHashrate);
  const frame = { width: Math.max(width, LEFT + 1), height: HEIGHT, left: LEFT, bottom: BOTTOM };
  const scale = scaleOf(samples, promised, frame);
  const pointed = pointerX === null ? undefined : nearestSample(samples, scale, pointerX);
  const shown = pointed ?? samples.at(-1);
  const summary = shown
    ? `${formatInstant(new Date(shown.atMilliseconds).toISOString())}: 1 min ${formatHashrate(String(shown.oneMinute))}, 5 min ${formatHashrate(String(shown.fiveMinutes))}`
    : 'Waiting for the first measurement';
  return (
    <figure className={classes.figure} ref={ref}>
      <svg
        width={frame.width}
        height={HEIGHT}
        role="img"
        aria-label={`Measured hashrate against ${formatHashrate(promisedHashrate)} promised. ${summary}.`}
        onPointerMove={(event) =>
          setPointerX(event.clientX - event.currentTarget.getBoundingClientRect().left)
        }
        onPointerLeave={() => setPointerX(null)}
      >
        {scale.gridHashrates.map((hashrate) => (
          <g key={String(hashrate)}>
            <line
              className={classes.grid}
              x1={LEFT}
              x2={frame.width}
              y1={scale.y(hashrate)}
              y2={scale.y(hashrate)}
            />
            <text className={classes.label} x={LEFT - 8} y={scale.y(hashrate)} dy="0.32em" textAnchor="end">
              {formatHashrate(String(hashrate))}
            </text>
          </g>
        ))}
        <line
          className={classes.promised}
          x1={LEFT}
          x2={frame.width}
          y1={scale.y(promised)}
          y2={scale.y(promised)}
        />
        <path className={classes.oneMinute} d={linePath(samples, scale, (sample) => sample.oneMinute)} />
        <path className={classes.fiveMinutes} d={linePath(samples, scale, (sample) => sample.fiveMinutes)} />
        {shown ? (
          <>
            <circle
              className={classes.point}
              r={3.5}
              cx={scale.x(shown.atMilliseconds)}
              cy={scale.y(shown.fiveMinutes)}
            />
            {pointed ? (
              <line
                className={classes.grid}
                x1={scale.x(pointed.atMilliseconds)}
                x2={scale.x(pointed.atMilliseconds)}
                y1={0}
                y2={HEIGHT - BOTTOM}
              />
            ) : null}
          </>
        ) : null}
      </svg>
      <figcaption className={classes.caption}>
        <span className={classes.keyFive}>5 min</span>
        <span className={classes.keyOne}>1 min</span>
        <span className={classes.keyPromised}>Promised</span>
        <Text span size="xs" c="dimmed" ml="auto">
          {summary}
        </Text>
      </figcaption>
    </figure>
  );
}
