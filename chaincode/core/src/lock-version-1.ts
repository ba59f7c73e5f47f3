// Records of locks of version 1: each holds its agreement itself and says hash and time lock by that alone. They are
// read for ever, and a closed one stays what it was, because closing touches no other key that could take its agreement.
import { readStoredAgreement, writeAgreement } from './agreement';
import { anyDocument, format, type Format } from './document';
import { lockFields } from './lock-fields';
import { timeLockOf, type Lock } from './lock';
import { record } from './record';

const stored = record({ ...lockFields, agreement: anyDocument('the agreement of the swap') });

/** Reading refuses with AGREEMENT_MISMATCH where the agreement inside is not that of the lock's swap. */
export const lockVersion1: Format<Lock> = format<Lock>(
  stored.shape,
  (value, path) => {
    const { agreement: inside, ...lock } = stored(value, path);
    const agreement = readStoredAgreement(inside, lock.swapId);
    const { hashLock } = agreement;
    return { ...lock, hashLock, ...timeLockOf({ agreement, leg: lock.leg }), ownAgreement: agreement };
  },
  ({ ownAgreement, ...lock }) =>
    ownAgreement && stored.write({ ...lock, agreement: writeAgreement(ownAgreement) }),
);
