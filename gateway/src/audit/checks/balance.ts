// The energy balance (I1, I3) of a metering point. Registered energy comes from the recorded days, its states from the
// lots, certified energy from the delivered certificates: three sources that must agree.

/**
 * Energies of one metering point, Wh. `inFlightWh` is signed: burned and not yet delivered counts up, delivered and not
 * yet burned counts down. `frozenWh` was delivered and its lots came free again: it is not certified and never will be.
 */
export interface Balance {
  registeredWh: bigint;
  availableWh: bigint;
  lockedWh: bigint;
  burnedWh: bigint;
  withdrawnWh: bigint;
  certifiedWh: bigint;
  inFlightWh: bigint;
  frozenWh: bigint;
}

export function emptyBalance(): Balance {
  return {
    registeredWh: 0n,
    availableWh: 0n,
    lockedWh: 0n,
    burnedWh: 0n,
    withdrawnWh: 0n,
    certifiedWh: 0n,
    inFlightWh: 0n,
    frozenWh: 0n,
  };
}

/** How far a balance is from closing: |registered - its states| + |burned - certified - in flight|, Wh. */
export function differenceOf(balance: Balance): bigint {
  const { registeredWh, availableWh, lockedWh, burnedWh, withdrawnWh, certifiedWh, inFlightWh } = balance;
  const states = availableWh + lockedWh + burnedWh + withdrawnWh;
  return abs(registeredWh - states) + abs(burnedWh - certifiedWh - inFlightWh);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
