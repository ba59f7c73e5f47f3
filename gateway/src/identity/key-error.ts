// What can be wrong with a private key: this process has none, what it has is no key, or the ledger knows another one.

export const KEY_ERROR_CODES = ['KEY_NOT_HERE', 'KEY_DAMAGED', 'KEY_DIFFERS'] as const;
export type KeyErrorCode = (typeof KEY_ERROR_CODES)[number];

/** Names the organisation and where its key is looked for; never a part of the key. */
export class KeyError extends Error {
  override readonly name = 'KeyError';

  constructor(
    readonly code: KeyErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
