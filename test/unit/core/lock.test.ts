// The lock record: what its assets are, what is signed about it, and how it is stored.
import {
  cancelMessage,
  claim,
  claimMessage,
  consentMessage,
  holdOf,
  lockMspIds,
  lockOutcomeFormat,
  timeLockOf,
  writeDocument,
} from '@wattlock/core';
import { expect } from 'chai';
import {
  aClosing,
  aLock,
  aLockParty,
  aSecret,
  aSigner,
  MSP,
  NOW,
  signClaim,
  SIGNERS,
} from '../../support/domain';
import { codeOf } from '../../support/refusal';

const { hex: secret } = aSecret('swap');

describe('what accounts sign', () => {
  const { swapId } = aLock();

  it('names its purpose, the channel, the swap and the secret when it is a claim', () => {
    expect(claimMessage('power', swapId, secret)).to.equal(
      `{"channel":"power","domain":"wattlock/claim/v1","secret":"${secret}","swapId":"${swapId}"}`,
    );
  });

  it('names its purpose, the channel, the leg and the swap when it is a cancellation', () => {
    expect(cancelMessage('power', 'power', swapId)).to.equal(
      `{"channel":"power","domain":"wattlock/cancel/v1","leg":"power","swapId":"${swapId}"}`,
    );
  });

  it('names its purpose, the channel and the swap when it is a consent', () => {
    expect(consentMessage('power', swapId)).to.equal(
      `{"channel":"power","domain":"wattlock/lock-consent/v1","swapId":"${swapId}"}`,
    );
  });
});

describe('a lock', () => {
  const open = aLock('certificate');
  const executed = claim(open, secret, signClaim(open, secret, SIGNERS.generator), aClosing(NOW));

  it('has the time lock of its own leg', () => {
    const { power, certificate, guardMs } = open.agreement;
    expect(timeLockOf(aLock('power'))).to.deep.equal({ deadline: power.deadline, guardMs });
    expect(timeLockOf(open)).to.deep.equal({ deadline: certificate.deadline, guardMs });
  });

  it('holds its assets while open, gives them to the claimant when executed, and frees them otherwise', () => {
    expect(holdOf(open)).to.equal('locked');
    expect(holdOf(executed)).to.equal('taken');
    expect(holdOf({ ...open, state: 'WITHDRAWN' })).to.equal('free');
    expect(holdOf({ ...open, state: 'CANCELLED' })).to.equal('free');
  });

  it('stands behind it with every organisation of its own, the auditor’s too where there is one', () => {
    expect(lockMspIds(open)).to.deep.equal([MSP.certifier, MSP.generator, MSP.auditor]);
    const { auditorMspId, ...without } = open;
    expect(auditorMspId).to.equal(MSP.auditor);
    expect(lockMspIds(without)).to.deep.equal([MSP.certifier, MSP.generator]);
  });

  it('is answered without what whoever asks has brought along, the agreement and the parties', () => {
    const { swapId, leg, state, lockedAt, certificate, closing } = executed;
    const outcome = { swapId, leg, state, lockedAt, certificate, secret, closing };
    expect(writeDocument(lockOutcomeFormat, executed)).to.deep.equal(outcome);
    expect(Object.keys(writeDocument(lockOutcomeFormat, open))).not.to.include('closing');
  });

  it('is closed with the key it was made with, though the account has another since', () => {
    const rekeyed = aLock('power', { certifier: aLockParty('certifier', { key: aSigner().key }) });
    expect(
      codeOf(() => claim(rekeyed, secret, signClaim(rekeyed, secret, SIGNERS.certifier), aClosing(NOW))),
    ).to.equal('BAD_SIGNATURE');
  });
});
