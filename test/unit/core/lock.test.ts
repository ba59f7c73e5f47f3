// The lock record: how each end is reached, by whom and when, and that nothing else closes a lock.
import {
  cancel,
  cancelMessage,
  canonicalJson,
  claim,
  claimMessage,
  CLAIMANT,
  holdOf,
  lockMspIds,
  parseDocument,
  readLock,
  REGISTRANT,
  swapIdOf,
  timeLockOf,
  withdraw,
  writeLock,
  type Lock,
} from '@wattlock/core';
import { expect } from 'chai';
import {
  aClosing,
  after,
  aLock,
  aLockParty,
  anAgreement,
  aSecret,
  aSigner,
  MSP,
  NOW,
  signCancel,
  signClaim,
  SIGNERS,
} from '../../support/domain';
import { codeOf, refusalOf } from '../../support/refusal';

const { hex: secret } = aSecret('swap');
const LEGS = ['power', 'certificate'] as const;

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
});

for (const leg of LEGS) {
  const open = aLock(leg);
  const { deadline, guardMs } = timeLockOf(open);
  const claimant = CLAIMANT[leg];
  const registrant = REGISTRANT[leg];
  const signature = signClaim(open, secret, SIGNERS[claimant]);
  const lastInstant = after(deadline, -1);

  describe(`a claim on the ${leg} leg`, () => {
    it(`executes the lock with the secret and the ${claimant}'s signature, up to the deadline`, () => {
      const closing = aClosing(lastInstant);
      expect(claim(open, secret, signature, closing)).to.deep.equal({
        ...open,
        state: 'EXECUTED',
        secret,
        closing,
      });
      expect(codeOf(() => claim(open, secret, signature, aClosing(deadline)))).to.equal('DEADLINE_PASSED');
    });

    it('may be brought by anyone who holds both, such as a watchtower', () => {
      expect(claim(open, secret, signature, aClosing(NOW, MSP.auditor)).state).to.equal('EXECUTED');
    });

    it('is refused with another secret, without telling either', () => {
      const other = aSecret('other').hex;
      const refusal = refusalOf(() =>
        claim(open, other, signClaim(open, other, SIGNERS[claimant]), aClosing(NOW)),
      );
      expect(refusal).to.deep.equal({ code: 'WRONG_SECRET', details: { swapId: open.swapId } });
    });

    it('is refused with a signature by the counterparty, by a stranger, or for something else', () => {
      const otherLeg = aLock(leg === 'power' ? 'certificate' : 'power');
      const otherSwap = aLock(leg, { agreement: anAgreement({ name: 'swap', nonce: '0'.repeat(32) }) });
      const wrong = [
        signClaim(open, secret, SIGNERS[registrant]),
        signClaim(open, secret, aSigner('Ed25519')),
        signClaim(otherLeg, secret, SIGNERS[claimant]),
        signClaim(otherSwap, secret, SIGNERS[claimant]),
        SIGNERS[claimant].sign(secret),
        signCancel(open)[claimant],
        '',
      ];
      for (const other of wrong) {
        expect(refusalOf(() => claim(open, secret, other, aClosing(NOW)))).to.deep.equal({
          code: 'BAD_SIGNATURE',
          details: { signer: claimant },
        });
      }
    });
  });

  describe(`a withdrawal on the ${leg} leg`, () => {
    const from = after(deadline, guardMs);

    it(`gives the assets back to the ${registrant}, from the deadline plus the guard`, () => {
      const closing = aClosing(from, MSP[registrant]);
      expect(withdraw(open, closing)).to.deep.equal({ ...open, state: 'WITHDRAWN', closing });
      expect(codeOf(() => withdraw(open, aClosing(after(from, -1), MSP[registrant])))).to.equal(
        'DEADLINE_NOT_REACHED',
      );
    });

    it('is refused to everyone else, however late', () => {
      for (const other of [MSP[claimant], MSP.auditor]) {
        expect(refusalOf(() => withdraw(open, aClosing(from, other)))).to.deep.equal({
          code: 'NOT_AUTHORISED',
          details: { account: `${registrant}-1`, caller: other },
        });
      }
    });
  });

  describe(`a cancellation on the ${leg} leg`, () => {
    const signatures = signCancel(open);

    it('needs both signatures and no particular time', () => {
      for (const at of [NOW, deadline, after(deadline, guardMs)]) {
        const closing = aClosing(at);
        expect(cancel(open, signatures, closing)).to.deep.equal({ ...open, state: 'CANCELLED', closing });
      }
    });

    it('is refused when either party did not sign it', () => {
      for (const party of ['certifier', 'generator'] as const) {
        const other = party === 'certifier' ? 'generator' : 'certifier';
        const half = { ...signatures, [party]: signatures[other] };
        expect(refusalOf(() => cancel(open, half, aClosing(NOW)))).to.deep.equal({
          code: 'BAD_SIGNATURE',
          details: { signer: party },
        });
      }
    });

    it('cannot be made of signatures for the other leg', () => {
      const other = {
        channel: open.channel,
        leg: leg === 'power' ? 'certificate' : 'power',
        swapId: open.swapId,
      } as const;
      expect(codeOf(() => cancel(open, signCancel(other), aClosing(NOW)))).to.equal('BAD_SIGNATURE');
    });
  });

  describe(`a closed lock of the ${leg} leg`, () => {
    const at = aClosing(after(deadline, guardMs), MSP[registrant]);
    const closed: readonly Lock[] = [
      claim(open, secret, signature, aClosing(NOW)),
      withdraw(open, at),
      cancel(open, signCancel(open), aClosing(NOW)),
    ];

    for (const lock of closed) {
      it(`that is ${lock.state} takes no further step, however well proved`, () => {
        const steps = [
          (): Lock => claim(lock, secret, signature, aClosing(NOW)),
          (): Lock => withdraw(lock, at),
          (): Lock => cancel(lock, signCancel(lock), aClosing(NOW)),
        ];
        for (const step of steps) {
          expect(refusalOf(step)).to.deep.equal({
            code: 'LOCK_CLOSED',
            details: { swapId: lock.swapId, state: lock.state },
          });
        }
      });
    }
  });
}

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

  it('comes back from the ledger as it went, open or closed', () => {
    for (const lock of [open, executed, aLock('power')]) {
      expect(readLock(parseDocument(canonicalJson(writeLock(lock))))).to.deep.equal(lock);
    }
  });

  it('is not believed when its agreement has another id', () => {
    const other = anAgreement({ name: 'other' });
    expect(refusalOf(() => readLock(writeLock({ ...open, agreement: other })))).to.deep.equal({
      code: 'AGREEMENT_MISMATCH',
      details: { swapId: open.swapId },
    });
    expect(swapIdOf(other)).not.to.equal(open.swapId);
  });

  it('is closed with the key it was made with, though the account has another since', () => {
    const rekeyed = aLock('power', { certifier: aLockParty('certifier', { key: aSigner().key }) });
    expect(
      codeOf(() => claim(rekeyed, secret, signClaim(rekeyed, secret, SIGNERS.certifier), aClosing(NOW))),
    ).to.equal('BAD_SIGNATURE');
  });
});
