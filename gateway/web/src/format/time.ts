const UNITS = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
] as const;

export const DURATION_INPUT_UNITS = [
  { value: 'minutes', seconds: 60 },
  { value: 'hours', seconds: 3_600 },
  { value: 'days', seconds: 86_400 },
];

const instantFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const clockFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** The two largest units that matter: 2 d 3 h. */
export function formatDuration(totalSeconds: number): string {
  let rest = Math.max(0, Math.floor(totalSeconds));
  const parts: string[] = [];
  for (const { unit, seconds } of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) {
      parts.push(`${count} ${unit}`);
    }
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

/** A count of whole units as a person typed it, in seconds; null when it is not one. */
export function parseDuration(text: string, unit: string): number | null {
  const size = DURATION_INPUT_UNITS.find((candidate) => candidate.value === unit)?.seconds;
  if (!size || !/^\d{1,6}$/.test(text.trim()) || Number(text) === 0) {
    return null;
  }
  return Number(text) * size;
}

/** The largest input unit that divides the time: 7200 s is 2 hours. */
export function splitDuration(totalSeconds: number): { amount: string; unit: string } {
  const unit = [...DURATION_INPUT_UNITS]
    .reverse()
    .find((candidate) => totalSeconds % candidate.seconds === 0);
  return unit
    ? { amount: String(totalSeconds / unit.seconds), unit: unit.value }
    : { amount: String(Math.ceil(totalSeconds / 60)), unit: 'minutes' };
}

/** 4:05 or 1:02:09; zero once the instant has passed. */
export function formatCountdown(untilAt: string, nowMilliseconds: number): string {
  const seconds = secondsUntil(untilAt, nowMilliseconds);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const tail = `${String(minutes % 60).padStart(hours > 0 ? 2 : 1, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

export function secondsUntil(untilAt: string, nowMilliseconds: number): number {
  return Math.max(0, Math.ceil((Date.parse(untilAt) - nowMilliseconds) / 1000));
}

export function formatInstant(at: string): string {
  return instantFormat.format(new Date(at));
}

/** The window of a measurement: over 5 min to 14:03. */
export function formatWindow(startAt: string, endAt: string): string {
  const seconds = (Date.parse(endAt) - Date.parse(startAt)) / 1000;
  return `over ${formatDuration(seconds)} to ${clockFormat.format(new Date(endAt))}`;
}
