// The signatures behind a lock, as the audit checks them again from the blocks, and burns by their forms.
import {
  EMBODIMENT_NUMBERS,
  keys,
  registrationOf,
  swapIdOf,
  writeRecord,
  type AgreedLock,
  type Agreement,
  type EmbodimentNumber,
  type Leg,
  type LockSignatures,
} from '@wattlock/core';
import type { ReconcileReport } from '@wattlock/gateway';
import { expect } from 'chai';
import { aLotId, anAgreement, aSecret, SIGNERS, wh } from '../../support/domain';
import { agreed, aProvenLock, lockSignatures, World } from '../../support/chain';

const SECRET = aSecret('swap');

const found = ({ exceptions }: ReconcileReport): unknown[] =>
  exceptions.map(({ code, reason }) => (reason === undefined ? code : `${code}: ${reason}`));

/** A plant with one lot, and an agreement to convert it. */
function aPlant(embodiment: EmbodimentNumber): { world: World; agreement: Agreement } {
  const world = new World();
  const lot = world.record(aLotId(), wh(1000));
  return { world, agreement: anAgreement({ embodiment, lots: [agreed(lot)] }) };
}

/** Commits the certificate's lock as a forger would: with other fields, or other signatures. */
function lockedWith(
  embodiment: EmbodimentNumber,
  change: Partial<AgreedLock>,
  forge: (signatures: LockSignatures) => LockSignatures | undefined = (same) => same,
  leg: Leg = 'certificate',
): unknown[] {
  const { world, agreement } = aPlant(embodiment);
  const signatures = embodiment < 3 ? forge(lockSignatures(leg, agreement)) : undefined;
  const lock = { ...aProvenLock(leg, agreement), ...change };
  world[leg].commit({
    [keys.hash(agreement.hashLock)]: writeRecord(
      'hash',
      registrationOf(swapIdOf(agreement), agreement, signatures && { signatures }),
    ),
    [keys.lock(lock.swapId)]: writeRecord('lock', lock),
  });
  return found(world.report()).filter((each) => String(each).startsWith('SIGNATURE_FALSE'));
}

describe('signatures in the audit', () => {
  for (const embodiment of EMBODIMENT_NUMBERS) {
    it(`hold from lock to burn receipt in embodiment ${embodiment}`, () => {
      const { world, agreement } = aPlant(embodiment);
      const lot = world.record(aLotId('2026-01-02'), wh(1000));
      const other = anAgreement({ embodiment, lots: [agreed(lot)], name: 'cancelled' });
      world.issue(other);
      world.close('certificate', other, { state: 'CANCELLED' });
      world.issue(agreement);
      world.lockLots(agreement, [world.lotOf(agreement)]);
      world.execute('certificate', agreement, SECRET);
      world.confirm(agreement, world.execute('power', agreement, SECRET));
      expect(found(world.report())).to.deep.equal([]);
    });
  }

  it('are missed where the embodiment asks for them', () => {
    expect(lockedWith(2, {}, () => undefined)).to.deep.equal(['SIGNATURE_FALSE: transactions']);
    const { standing: _standing, ...without } = aProvenLock('power', aPlant(3).agreement);
    const { world, agreement } = aPlant(3);
    world.power.commit({
      [keys.hash(agreement.hashLock)]: writeRecord('hash', registrationOf(swapIdOf(agreement), agreement)),
      [keys.lock(without.swapId)]: writeRecord('lock', without),
    });
    expect(found(world.report())).to.include('SIGNATURE_FALSE: standing authorisation');
  });

  it('have no place where the embodiment asks for none', () => {
    const standing = SIGNERS.certifier.sign('anything');
    expect(lockedWith(4, { standing })).to.deep.equal(['SIGNATURE_FALSE: standing authorisation']);
  });

  it('are the parties’ own: a standing authorisation by the certifier', () => {
    const standing = SIGNERS.generator.sign('anything');
    expect(lockedWith(3, { standing }, undefined, 'power')).to.deep.equal([
      'SIGNATURE_FALSE: standing authorisation',
    ]);
  });

  it('are the parties’ own: a refund countersigned by the counterparty', () => {
    const forged = lockedWith(2, {}, (signatures) => ({
      ...signatures,
      refund: { ...signatures.refund, generator: signatures.refund.certifier },
    }));
    expect(forged).to.deep.equal(["SIGNATURE_FALSE: generator of TX2'"]);
  });

  it('are over the transactions that the lock names', () => {
    const { transactions } = aProvenLock('certificate', anAgreement({ embodiment: 2, name: 'another' }));
    expect(transactions).not.to.equal(undefined);
    expect(lockedWith(2, { ...(transactions && { transactions }) })).to.deep.equal([
      "SIGNATURE_FALSE: the transactions' ids",
    ]);
  });

  it('of both parties are in the transaction that cancels', () => {
    const { world, agreement } = aPlant(4);
    world.issue(agreement);
    world.close('certificate', agreement, { state: 'CANCELLED' }, { cancellation: {} });
    expect(found(world.report())).to.deep.equal([
      'SIGNATURE_FALSE: certifier of the cancellation',
      'SIGNATURE_FALSE: generator of the cancellation',
    ]);
  });
});

describe('burns in the audit', () => {
  it('are summed by their form', () => {
    const world = new World();
    const burn = (day: string, energy: number, change: Partial<Agreement>): void => {
      const lot = world.record(aLotId(day), wh(energy));
      world.complete(anAgreement({ ...change, lots: [agreed(lot)], name: day }), [lot], aSecret(day));
    };
    burn('2026-01-01', 1, { burnForm: 'subtract' });
    burn('2026-01-02', 20, { burnForm: 'unkeyed' });
    burn('2026-01-03', 300, { embodiment: 2, burnForm: 'unspendable' });
    burn('2026-01-04', 4000, { embodiment: 2, burnForm: 'fee-drain' });
    const report = world.report();
    expect(report.burnedBy).to.deep.equal({
      'fee-drain': '4000',
      subtract: '1',
      unkeyed: '20',
      unspendable: '300',
    });
    expect(report.energy.burnedWh).to.equal('4321');
    expect(report.exceptions).to.deep.equal([]);
  });
});
