// Both channels as forks: the contract classes of the deployable chaincodes under the embedded ledger's own execution
// and validation. Results are remembered, because a contract is a function of state, call and clock.
import { certificateContracts } from '@wattlock/certificate';
import {
  formatWh,
  fromEnvelope,
  writeParameters,
  type FunctionName,
  type JsonObject,
  type Leg,
  type Wh,
} from '@wattlock/core';
import {
  ForkableChannel,
  ForkableState,
  VALIDATION,
  type ForkExecution,
  type ForkTransaction,
} from '@wattlock/embedded';
import { createOrganisation, issueIdentity } from '@wattlock/msp';
import { powerInfoContracts } from '@wattlock/power-info';
import { anAccount, anAgreement, aPoint, digestOf, MSP } from '../support/domain';
import type { ContractCall } from './contract-call';
import { contentOf } from './digest';
import { CHAINCODE } from './names';
import { nameOf, Refusals } from './refusals';
import { DAYS, ENERGY_WH, KEYS, parametersOf, START, STOCK_SLOT, STOCK_WH, type Role } from './setting';

/** The certifier's stock, of the value types that agreements name. */
const STOCK: JsonObject = {
  slot: STOCK_SLOT,
  issuer: anAccount('certifier').id,
  energyWh: formatWh(STOCK_WH as Wh),
  valueTypes: [...anAgreement().valueTypes],
};

const ROLES: readonly Role[] = ['certifier', 'generator', 'auditor'];
const REFUSED = 400;

/** What an endorser answered: a result to sign, or the code it refuses with. */
export type Answer = { readonly execution: ForkExecution } | { readonly refusal: string };

export type States = Readonly<Record<Leg, ForkableState>>;

let certificates: Promise<Readonly<Record<string, string>>> | undefined;

/** Contracts may look at the caller's certificate, so there is a genuine one for each organisation. */
function clientCertificates(): Promise<Readonly<Record<string, string>>> {
  certificates ??= Promise.all(
    ROLES.map(async (role) => {
      const organisation = await createOrganisation({
        mspId: MSP[role],
        name: role,
        domain: `${role}.example`,
      });
      const client = await issueIdentity(organisation, { name: 'agent', role: 'client' });
      return [MSP[role], client.certificatePem] as const;
    }),
  ).then((entries) => Object.fromEntries(entries));
  return certificates;
}

export class ExploredPlatform {
  #clock = 0;
  readonly #channels: Readonly<Record<Leg, ForkableChannel>>;
  readonly #results = new Map<string, ForkExecution>();
  readonly #refusals = new Refusals();

  /** Contract executions that were not remembered. */
  executions = 0;

  private constructor(certificatesByMsp: Readonly<Record<string, string>>) {
    const policy = { n: 2, mspIds: [MSP.certifier, MSP.generator] };
    const clock = (): number => this.#clock;
    const channel = (leg: Leg, contracts: ReturnType<typeof powerInfoContracts>): ForkableChannel =>
      new ForkableChannel(
        { name: leg, chaincodes: [{ name: CHAINCODE[leg], contracts, policy }] },
        certificatesByMsp,
      );
    this.#channels = {
      power: channel('power', powerInfoContracts(clock)),
      certificate: channel('certificate', certificateContracts(clock)),
    };
  }

  static async open(): Promise<ExploredPlatform> {
    return new ExploredPlatform(await clientCertificates());
  }

  /**
   * What an endorser answers to a proposal.
   * @param timestamp the transaction's own time @param clock the endorser's clock
   */
  async answer(state: ForkableState, call: ContractCall, timestamp: number, clock: number): Promise<Answer> {
    const known = this.#refusals.find(state, call, timestamp, clock);
    if (known !== undefined) return { refusal: known };
    const key = `${contentOf(state)} ${state.height} ${nameOf(call)} ${timestamp} ${clock}`;
    const made = this.#results.get(key);
    if (made !== undefined) return { execution: rebase(made, state) };
    const answer = await this.#execute(state, call, timestamp, clock);
    if ('execution' in answer) this.#results.set(key, answer.execution);
    else this.#refusals.remember(state, call, answer.refusal, timestamp, clock);
    return answer;
  }

  /** Whether an answer given before says that no timestamp and no clock would change it. */
  refusesForGood(state: ForkableState, call: ContractCall): boolean {
    return this.#refusals.isForGood(state, call);
  }

  async #execute(
    state: ForkableState,
    call: ContractCall,
    timestamp: number,
    clock: number,
  ): Promise<Answer> {
    this.#clock = clock;
    this.executions++;
    const execution = await this.#channels[call.leg].execute(state, {
      chaincode: CHAINCODE[call.leg],
      caller: MSP[call.by],
      args: [call.fn, JSON.stringify(call.document)],
      ...(call.transient && { transient: call.transient }),
      timestamp,
      nonce: `${call.swapId} ${call.name} ${timestamp} ${state.height}`,
    });
    if (execution.status < REFUSED) return { execution };
    return { refusal: fromEnvelope(execution.message)?.code ?? execution.message };
  }

  /** Orders one transaction in a block of its own. */
  order(
    leg: Leg,
    state: ForkableState,
    transaction: ForkTransaction,
  ): { readonly code: number; readonly state: ForkableState } {
    const { codes, state: next } = this.#channels[leg].commit(state, [transaction]);
    return { code: codes[0] ?? VALIDATION.NOT_VALIDATED, state: next };
  }

  /** Forgets answers, which another search does not meet again. */
  forget(): void {
    this.#results.clear();
    this.#refusals.clear();
  }

  /** Both channels configured, with accounts, a metering point and its recorded days. */
  async begin(withAuditor: boolean): Promise<States> {
    const parameters = writeParameters(parametersOf(withAuditor));
    const roles = withAuditor ? ROLES : ROLES.filter((role) => role !== 'auditor');
    const accounts = roles.map((role): [Role, FunctionName, JsonObject] => [
      role,
      'RegisterAccount',
      { ...anAccount(role, { key: KEYS[role].key }), key: { ...KEYS[role].key } },
    ]);
    const common: [Role, FunctionName, JsonObject][] = [['certifier', 'Configure', parameters], ...accounts];
    const point = { ...aPoint(), devices: [] };
    const intake: [Role, FunctionName, JsonObject][] = [
      ['generator', 'RegisterPoint', point],
      ...DAYS.map((day): [Role, FunctionName, JsonObject] => [
        'certifier',
        'Issue',
        { point: point.id, day, energyWh: formatWh(ENERGY_WH as Wh), evidence: digestOf(day) },
      ]),
    ];
    return {
      power: await this.#setUp('power', [...common, ...intake]),
      certificate: await this.#setUp('certificate', [...common, ['certifier', 'IssueStock', STOCK]]),
    };
  }

  async #setUp(leg: Leg, calls: readonly [Role, FunctionName, JsonObject][]): Promise<ForkableState> {
    let state = ForkableState.EMPTY;
    for (const [by, fn, document] of calls) {
      const call = { name: `${fn} ${JSON.stringify(document)}`, leg, by, swapId: '', fn, document };
      const answer = await this.#execute(state, call, START, START);
      if ('refusal' in answer) throw new Error(`${fn} on ${leg}: ${answer.refusal}`);
      const endorsers = [MSP.certifier, MSP.generator];
      state = this.order(leg, state, { ...answer.execution, endorsers }).state;
    }
    return state;
  }
}

/** A remembered result read other versions of the same content. */
function rebase(execution: ForkExecution, state: ForkableState): ForkExecution {
  const sets = execution.sets.map((set) => ({
    ...set,
    reads: set.reads.map(({ key }) => ({ key, version: state.get(set.namespace, key)?.version })),
  }));
  return { ...execution, sets };
}
