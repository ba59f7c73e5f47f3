// The courses that a deal of the random commands can take, by name.

export const COURSE_NAMES = [
  'completed',
  'withdrawn',
  'cancelled',
  'overslept',
  'watched',
  'used',
  'from stock',
  'given back to the stock',
  'issued ahead',
] as const;

export type Course = (typeof COURSE_NAMES)[number];
