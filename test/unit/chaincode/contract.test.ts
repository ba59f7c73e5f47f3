// The frame around contract functions: documents in, canonical JSON out, refusals as envelopes, nothing private outside.
import {
  chaincodeOf,
  Evaluate,
  LedgerContract,
  logLevelFor,
  withClock,
  type Clock,
} from '@wattlock/chaincode-fabric';
import { certificateContracts } from '@wattlock/certificate';
import { fromEnvelope } from '@wattlock/core';
import { powerInfoContracts } from '@wattlock/power-info';
import { expect } from 'chai';
import { after as instantAfter, NOW } from '../../support/domain';
import { openTestLedger, type TestLedger } from '../../support/embedded';

type Context = Parameters<LedgerContract['unknownTransaction']>[0];

const PRIVATE = 'the-secret-itself';

class FrameContract extends LedgerContract {
  constructor(clock: Clock) {
    super('Frame', clock);
  }

  Echo(context: Context, document: string): Promise<string> {
    return this.run(context, document, (_, request) => Promise.resolve(request));
  }

  Fail(context: Context, document: string): Promise<string> {
    return this.run(context, document, () => Promise.reject(new TypeError(PRIVATE)));
  }

  Time(context: Context, document: string): Promise<string> {
    return this.run(context, document, (call) => {
      call.checkTime(1000 as Parameters<typeof call.checkTime>[0]);
      return Promise.resolve(call.now);
    });
  }
}

for (const name of ['Echo', 'Fail', 'Time']) Evaluate()(FrameContract.prototype, name);

/** What a function answers: its text, or the code it refuses with. */
async function outcomeOf(ledger: TestLedger, fn: string, args: string[], timestamp = NOW): Promise<string> {
  try {
    return await ledger.evaluate(fn, args, { chaincode: 'frame', timestamp });
  } catch (error) {
    return fromEnvelope((error as Error).message)?.code ?? (error as Error).message;
  }
}

describe('the frame of contract functions', () => {
  let ledger: TestLedger;

  before(async () => {
    const contracts = [withClock(FrameContract, () => NOW)];
    const policy = { n: 1, mspIds: ['Org1MSP'] };
    ledger = await openTestLedger({
      channels: [{ name: 'power', chaincodes: [{ name: 'frame', contracts, policy }] }],
      clock: { now: () => NOW },
    });
  });

  after(() => ledger.ledger.close());

  it('answers canonical JSON', async () => {
    expect(await outcomeOf(ledger, 'Echo', ['{"b": 1, "a": [ ]}'])).to.equal('{"a":[],"b":1}');
  });

  for (const [what, args] of [
    ['no document', []],
    ['a list', ['[]']],
    ['a rounded number', ['{"n":9007199254740993}']],
    ['broken JSON', ['{']],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect(await outcomeOf(ledger, 'Echo', [...args])).to.equal('BAD_DOCUMENT');
    });
  }

  it('refuses a function that the contract does not have', async () => {
    expect(await outcomeOf(ledger, 'Missing', ['{}'])).to.equal('UNKNOWN_FUNCTION');
  });

  it('tells nothing of a failure that is no refusal', async () => {
    const written: string[] = [];
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = (text: string | Uint8Array) => written.push(text.toString()) > 0;
    try {
      expect(await outcomeOf(ledger, 'Fail', ['{}'])).to.equal('INTERNAL');
    } finally {
      process.stderr.write = write;
    }
    expect(written.join()).to.contain('TypeError').and.not.contain(PRIVATE);
  });

  it("takes the time from the transaction and refuses one too far from the endorser's clock", async () => {
    expect(await outcomeOf(ledger, 'Time', ['{}'], instantAfter(NOW, 1000))).to.equal(String(NOW + 1000));
    expect(await outcomeOf(ledger, 'Time', ['{}'], instantAfter(NOW, 1001))).to.equal('TIME_SKEW');
    expect(await outcomeOf(ledger, 'Time', ['{}'], instantAfter(NOW, -1001))).to.equal('TIME_SKEW');
  });
});

describe('the contracts of both channels in one process', () => {
  interface Described {
    readonly metadata: {
      readonly contracts: Readonly<
        Record<
          string,
          { readonly info: { title: string }; readonly transactions: { readonly name: string }[] }
        >
      >;
    };
  }
  const describedBy = (contracts: Parameters<typeof chaincodeOf>[0], name: string) =>
    (chaincodeOf(contracts) as unknown as Described).metadata.contracts[name];
  const power = describedBy(powerInfoContracts(), 'PowerInfo');
  const certificate = describedBy(certificateContracts(), 'Certificate');

  it('keep their functions apart', () => {
    const names = (entry: typeof power) => entry?.transactions.map(({ name }) => name);
    expect(names(power)).to.include.members(['Configure', 'Destroy']).and.not.include('Transfer');
    expect(names(certificate)).to.include.members(['Configure', 'Transfer']).and.not.include('Destroy');
  });

  it('keep their titles although their classes are made anew for every clock', () => {
    expect(power?.info.title).to.equal('Power information');
    expect(certificate?.info.title).to.equal('Certificate');
  });
});

describe('the log level of a chaincode', () => {
  const CASES: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'CRITICAL'],
    ['nonsense', 'CRITICAL'],
    ['error', 'ERROR'],
    ['INFO', 'INFO'],
    ['debug', 'INFO'],
  ];
  for (const [wanted, level] of CASES) {
    it(`is ${level} when ${wanted ?? 'nothing'} is asked for`, () => {
      expect(logLevelFor(wanted)).to.equal(level);
    });
  }
});
