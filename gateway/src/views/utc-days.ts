// Days in UTC as stretches of time, ms since 1970.
import type { Day } from '@wattlock/core';

const DAY_MS = 24 * 60 * 60 * 1000;

export const startOfDay = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** The first instant after it. */
export const endOfDay = (day: Day): number => startOfDay(day) + DAY_MS;
