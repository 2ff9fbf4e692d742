const DAY_MS = 24 * 60 * 60_000;

/** The Monday after today and the days that follow it, as `YYYY-MM-DD` in UTC. */
export function dayNextWeek(now: Date, day: 'monday' | 'tuesday' | 'wednesday'): string {
  const untilMonday = (8 - now.getUTCDay()) % 7 || 7;
  const offset = { monday: 0, tuesday: 1, wednesday: 2 }[day];
  return new Date(now.getTime() + (untilMonday + offset) * DAY_MS).toISOString().slice(0, 10);
}
