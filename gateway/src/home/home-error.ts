// What can be wrong with a home.

export const HOME_ERROR_CODES = [
  'HOME_NOT_FOUND',
  'HOME_DAMAGED',
  'HOME_DIFFERS',
  'HOME_UNUSABLE',
  'HOME_NEWER',
  'HOME_BUSY',
] as const;
export type HomeErrorCode = (typeof HOME_ERROR_CODES)[number];

export class HomeError extends Error {
  override readonly name = 'HomeError';

  constructor(
    readonly code: HomeErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
