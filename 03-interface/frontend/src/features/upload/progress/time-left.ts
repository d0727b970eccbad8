/** Seconds until the rest is sent; null: nobody can tell. */
export function secondsLeft(size: number, sent: number, speed: number | null): number | null {
  return speed === null || speed <= 0 ? null : Math.max(0, size - sent) / speed;
}

/** Hours and minutes as they are said of something that is only estimated: never zero, no seconds. */
export function roughly(seconds: number): { hours: number; minutes: number } {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
