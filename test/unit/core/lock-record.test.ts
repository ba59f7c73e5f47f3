// How locks are stored and shown: the small record, the register of hash locks beside it, and records of version 1.
import {
  agreedLockFormat,
  canonicalJson,
  checkRegistered,
  claim,
  hashToCheck,
  parseDocument,
  readAgreedLock,
  readLock,
  readRecord,
  registrationOf,
  withAgreement,
  writeAgreement,
  writeDocument,
  writeRecord,
  type AccountId,
  type AgreedLock,
  type Closing,
  type HashRegistration,
  type JsonObject,
  type Lock,
  type MspId,
} from '@wattlock/core';
import { expect } from 'chai';
import {
  aClosing,
  aLock,
  aLockParty,
  anAgreement,
  aSecret,
  NOW,
  signClaim,
  SIGNERS,
  wh,
} from '../../support/domain';
import { codeOf, refusalOf } from '../../support/refusal';

const { hex: secret } = aSecret('swap');
const shown = aLock('certificate');
const stored = (document: JsonObject): JsonObject => parseDocument(canonicalJson(document));
const registered = (lock: AgreedLock): HashRegistration =>
  readRecord('hash', stored(writeRecord('hash', registrationOf(lock.swapId, lock.agreement))));

/** A lock as contracts have it, without its agreement. */
const small = ({ agreement: _agreement, ...lock }: AgreedLock): Lock => lock;
const executed = (lock: Lock): Lock =>
  claim(lock, secret, signClaim(lock, secret, SIGNERS.generator), aClosing(NOW));

/** The stored form that version 1 had. */
function versionOne({
  hashLock: _hash,
  deadline: _deadline,
  guardMs: _guard,
  ...lock
}: AgreedLock): JsonObject {
  return { ...lock, v: 1, agreement: writeAgreement(lock.agreement) } as unknown as JsonObject;
}

describe('the registration of a hash', () => {
  it('keeps the signed transactions of the output form, and what its lock took', () => {
    const signature = SIGNERS.certifier.sign('transaction');
    const signatures = { lock: signature, refund: { certifier: signature, generator: signature } };
    const { swapId, agreement } = shown;
    for (const signed of [{ signatures }, { signatures, taken: { source: 'STOCK~1', energyWh: wh(1500) } }]) {
      const kept = readRecord('hash', stored(writeRecord('hash', registrationOf(swapId, agreement, signed))));
      expect(kept.signed).to.deep.equal(signed);
    }
    expect(registered(shown)).not.to.have.property('signed');
  });
});

describe('the record of a lock', () => {
  it('comes back from the ledger as it went, open or closed', () => {
    for (const lock of [small(shown), executed(small(shown)), small(aLock('power'))]) {
      expect(readLock(stored(writeRecord('lock', lock)), lock.swapId)).to.deep.equal(lock);
    }
  });

  it('is one whatever the member is called that brought the claim', () => {
    const stranger = 'Énergie / 電力 MSP' as MspId;
    const closed = executed(small(shown));
    const lock = { ...closed, closing: { ...(closed.closing as Closing), byMspId: stranger } };
    expect(readLock(stored(writeRecord('lock', lock)), lock.swapId)).to.deep.equal(lock);
  });

  it('is not believed when it is of another swap, or of no lock', () => {
    const record = stored(writeRecord('lock', shown));
    const other = aLock('power', { agreement: anAgreement({ name: 'other' }) });
    const forged: readonly JsonObject[] = [
      stored(writeRecord('lock', other)),
      {},
      { ...record, state: 'TAKEN' },
      { ...record, certifier: null },
      { ...record, generator: { mspId: 'GeneratorMSP' } },
    ];
    for (const each of forged) {
      expect(refusalOf(() => readLock(each, shown.swapId))).to.deep.equal({
        code: 'LOCK_FORGED',
        details: { swapId: shown.swapId },
      });
    }
  });

  it('holds no agreement, whatever it is made from', () => {
    expect(writeRecord('lock', shown)).to.deep.equal(writeRecord('lock', small(shown)));
    expect(canonicalJson(writeRecord('lock', shown))).not.to.contain('lots');
  });
});

describe('a lock of a version that is not known', () => {
  it('is refused as such, and one without any version as forged', () => {
    const record = stored(writeRecord('lock', shown));
    expect(refusalOf(() => readLock({ ...record, v: 3 }, shown.swapId))).to.deep.equal({
      code: 'RECORD_VERSION',
      details: { record: 'lock', v: 3, known: 2 },
    });
    for (const v of [undefined, null, 0, '2', {}]) {
      expect(codeOf(() => readLock({ ...record, v }, shown.swapId))).to.equal('LOCK_FORGED');
    }
  });
});

describe('the register of hash locks', () => {
  it('gives a lock its agreement back', () => {
    expect(withAgreement(small(shown), registered(shown))).to.deep.equal(shown);
  });

  it('is answered with the lock in one document, which comes back as it went', () => {
    const answer = stored(writeDocument(agreedLockFormat, shown));
    expect(answer).to.deep.equal({
      ...writeRecord('lock', shown),
      agreement: writeAgreement(shown.agreement),
    });
    expect(readAgreedLock(answer)).to.deep.equal(shown);
    const other = writeAgreement(anAgreement({ name: 'other' }));
    expect(codeOf(() => readAgreedLock({ ...answer, agreement: other }))).to.equal('AGREEMENT_MISMATCH');
  });

  it('is not believed for another swap, nor a lock that says other than what was agreed', () => {
    const other = aLock('certificate', { agreement: anAgreement({ name: 'other' }) });
    const refused: readonly [Lock, HashRegistration | undefined][] = [
      [shown, undefined],
      [shown, { swapId: shown.swapId }],
      [shown, registered(other)],
      [{ ...shown, hashLock: other.hashLock }, registered(shown)],
      [{ ...shown, deadline: NOW }, registered(shown)],
      [{ ...shown, guardMs: 0 as Lock['guardMs'] }, registered(shown)],
    ];
    for (const [lock, registration] of refused) {
      expect(refusalOf(() => withAgreement(lock, registration))).to.deep.equal({
        code: 'AGREEMENT_MISMATCH',
        details: { swapId: shown.swapId },
      });
    }
  });

  it('is asked about executed locks alone, of either version', () => {
    const closed = executed(small(shown));
    expect(hashToCheck(closed)).to.equal(shown.hashLock);
    expect(hashToCheck(undefined)).to.equal(undefined);
    expect(hashToCheck(shown)).to.equal(undefined);
    expect(hashToCheck(executed(readLock(stored(versionOne(shown)), shown.swapId)))).to.equal(shown.hashLock);
  });

  it('tells an executed lock from one that two endorsers made up', () => {
    const closed = executed(small(shown));
    const first = executed(readLock(stored(versionOne(shown)), shown.swapId));
    checkRegistered(closed, registered(shown));
    checkRegistered(first, { swapId: shown.swapId });
    const mine = aSecret('mine');
    const { agreement } = aLock('power', { agreement: anAgreement({ name: 'mine' }) });
    const stranger = { account: 'stranger' as AccountId };
    const forged: readonly [Lock, HashRegistration | undefined][] = [
      [{ ...closed, hashLock: mine.hashLock, secret: mine.hex }, undefined],
      [{ ...closed, hashLock: mine.hashLock, secret: mine.hex }, registered(aLock('power', { agreement }))],
      [{ ...closed, generator: aLockParty('generator', stranger) }, registered(shown)],
      [{ ...closed, certifier: aLockParty('certifier', stranger) }, registered(shown)],
      [closed, { swapId: closed.swapId }],
      [first, undefined],
      [{ ...first, generator: aLockParty('generator', stranger) }, { swapId: shown.swapId }],
    ];
    for (const [lock, registration] of forged) {
      expect(
        codeOf(() => {
          checkRegistered(lock, registration);
        }),
      ).to.equal('LOCK_FORGED');
    }
  });
});

describe('a record of version 1', () => {
  const record = stored(versionOne(shown));

  it('is read with what its agreement says, and shown as any other', () => {
    const lock = readLock(record, shown.swapId);
    expect(lock).to.deep.equal({ ...small(shown), ownAgreement: shown.agreement });
    const { ownAgreement, ...rest } = withAgreement(lock, undefined);
    expect(ownAgreement).to.deep.equal(shown.agreement);
    expect(rest).to.deep.equal(shown);
    expect(writeDocument(agreedLockFormat, withAgreement(lock, { swapId: shown.swapId }))).to.deep.equal(
      writeDocument(agreedLockFormat, shown),
    );
  });

  it('keeps its version and its agreement when it is closed', () => {
    const { state, secret: disclosed, closing } = executed(readLock(record, shown.swapId));
    expect(stored(writeRecord('lock', executed(readLock(record, shown.swapId))))).to.deep.equal({
      ...record,
      state,
      secret: disclosed,
      closing,
    });
  });

  it('is not believed when its agreement has another id', () => {
    const agreement = writeAgreement(anAgreement({ name: 'other' }));
    expect(refusalOf(() => readLock({ ...record, agreement }, shown.swapId))).to.deep.equal({
      code: 'AGREEMENT_MISMATCH',
      details: { swapId: shown.swapId },
    });
  });
});
