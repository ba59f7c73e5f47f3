// What can be said of lots, days and certificates: nothing certified twice (I4), certificates as agreed (I3),
// no slot counted twice, and every split complete (I1).
import {
  checkPromised,
  formatWh,
  WattlockError,
  type Certificate,
  type CertificateId,
  type LotId,
  type Wh,
} from '@wattlock/core';
import type { BothRecords } from './balance';
import { exception, type AuditException } from './exceptions';
import { trustedHold } from './hold';
import type { ChannelRecords } from './state';

/** Findings on what the two channels record beside the locks. */
export function* checkAssets({ power, certificate }: BothRecords): Iterable<AuditException> {
  yield* checkDays(power);
  yield* checkSplits('lot', power.lots);
  yield* checkSplits('certificate', certificate.certificates);
  yield* checkCertifiedOnce(certificate);
  for (const each of certificate.certificates.values()) yield* checkAgreed(each, certificate);
}

/** Parts of one day may not share a slot, or its energy would be registered twice. */
function* checkDays({ days }: ChannelRecords): Iterable<AuditException> {
  const taken = new Map<string, bigint>();
  for (const [id, day] of days) {
    const pointAndDay = id.slice(0, id.lastIndexOf('/'));
    const before = taken.get(pointAndDay) ?? 0n;
    if ((before & day.slots) !== 0n) {
      yield exception('ILLEGAL_CHANGE', { key: `DAY~${id}`, reason: 'a slot is recorded twice' });
    }
    taken.set(pointAndDay, before | day.slots);
  }
}

interface Splittable<Id> {
  readonly id: Id;
  readonly energyWh: Wh;
  readonly parts?: readonly Id[];
}

function* checkSplits<Id extends LotId | CertificateId>(
  name: 'lot' | 'certificate',
  records: ReadonlyMap<Id, Splittable<Id>>,
): Iterable<AuditException> {
  for (const whole of records.values()) {
    if (whole.parts === undefined) continue;
    const sum = whole.parts.reduce((total, id) => total + (records.get(id)?.energyWh ?? 0n), 0n);
    const difference = sum < whole.energyWh ? whole.energyWh - sum : sum - whole.energyWh;
    if (difference === 0n) continue;
    yield exception('SPLIT_DIFFERENCE', { [name]: whole.id, differenceWh: formatWh(difference as Wh) });
  }
}

/** A lot stands in at most one certificate that is conditioned or delivered; parts of a split stand for their whole. */
function* checkCertifiedOnce({ certificates, locks }: ChannelRecords): Iterable<AuditException> {
  const live = new Map<LotId, CertificateId[]>();
  for (const certificate of certificates.values()) {
    if (certificate.parent !== undefined || !isLive(certificate, locks)) continue;
    for (const { id } of certificate.lots) {
      const others = live.get(id);
      if (others === undefined) live.set(id, [certificate.id]);
      else others.push(certificate.id);
    }
  }
  for (const [lot, ids] of live) {
    if (ids.length > 1) yield exception('LOT_DOUBLE_CERTIFIED', { lot, certificates: ids.sort() });
  }
}

function isLive(certificate: Certificate, locks: ChannelRecords['locks']): boolean {
  const lock = certificate.lockedBy === undefined ? undefined : locks.get(certificate.lockedBy);
  return lock !== undefined && trustedHold(lock) !== 'free';
}

/** A certificate under a live lock is just what the agreement promises. */
function* checkAgreed(certificate: Certificate, { locks }: ChannelRecords): Iterable<AuditException> {
  if (certificate.lockedBy === undefined || certificate.parent !== undefined) return;
  const lock = locks.get(certificate.lockedBy);
  if (lock === undefined) return;
  const facts = { swapId: lock.swapId, certificate: certificate.id };
  try {
    checkPromised(certificate, lock.agreement);
  } catch (error) {
    const field = error instanceof WattlockError ? error.details['field'] : undefined;
    yield exception('AGREEMENT_MISMATCH', { ...facts, reason: `the certificate's ${field ?? 'content'}` });
  }
}
