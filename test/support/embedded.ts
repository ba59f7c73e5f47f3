// An embedded ledger for tests: three organisations, one channel with the notebook contract, and a client.
import { common, peer } from '@hyperledger/fabric-protos';
import { EmbeddedLedger, type EmbeddedChannel, type EmbeddedOptions } from '@wattlock/embedded';
import { createOrganisation, issueIdentity, type Identity, type Organisation } from '@wattlock/msp';
import { assemble, propose, type BuiltProposal, type ProposalRequest } from './fabric-client';
import { Notebook } from './notebook';

export const CHANNEL = 'power';
export const CHAINCODE = 'notebook';
export const ORG1 = 'Org1MSP';
export const ORG2 = 'Org2MSP';
export const ORG3 = 'Org3MSP';
/** The chaincode's policy in every test: both of these. */
export const BOTH = [ORG1, ORG2] as const;

/** Everybody's keys. Making them takes longer than most tests, so they are made once. */
export interface Consortium {
  readonly organisations: readonly Organisation[];
  readonly endorsers: ReadonlyMap<string, Identity>;
  readonly clients: ReadonlyMap<string, Identity>;
  readonly orderer: Identity;
}

let made: Promise<Consortium> | undefined;

export function consortium(): Promise<Consortium> {
  return (made ??= found());
}

/** Takes over the keys of another process instead of making some. */
export function adopt(people: Consortium): void {
  made = Promise.resolve(people);
}

async function found(): Promise<Consortium> {
  const organisations = await Promise.all(
    [ORG1, ORG2, ORG3].map((mspId, i) =>
      createOrganisation({ mspId, name: `org${i + 1}`, domain: `org${i + 1}.example` }),
    ),
  );
  const enrol = async (name: string, role: 'peer' | 'client') =>
    new Map(
      await Promise.all(
        organisations.map(async (org) => [org.mspId, await issueIdentity(org, { name, role })] as const),
      ),
    );
  const ordering = await createOrganisation({
    mspId: 'OrdererMSP',
    name: 'orderer',
    domain: 'orderer.example',
  });
  return {
    organisations,
    endorsers: await enrol('peer0', 'peer'),
    clients: await enrol('user1', 'client'),
    orderer: await issueIdentity(ordering, { name: 'orderer0', role: 'orderer' }),
  };
}

export class TestLedger {
  constructor(
    readonly ledger: EmbeddedLedger,
    readonly people: Consortium,
    readonly channel: EmbeddedChannel,
  ) {}

  client(mspId: string = ORG1): Identity {
    return present(this.people.clients.get(mspId));
  }

  /** The same proposal for everybody, made by a client of the first organisation. */
  propose(fn: string, args: readonly string[] = [], more: Partial<ProposalRequest> = {}): BuiltProposal {
    const { name } = this.channel;
    return propose(this.client(), { channel: name, chaincode: CHAINCODE, args: [fn, ...args], ...more });
  }

  async endorse(proposal: BuiltProposal, by: readonly string[] = BOTH): Promise<peer.ProposalResponse[]> {
    const responses = await Promise.all(by.map((mspId) => this.channel.endorse(mspId, proposal.signed)));
    return responses.map((response) => peer.ProposalResponse.deserializeBinary(response));
  }

  /** Endorses a call and seals it, ready to be sent. */
  async prepare(
    fn: string,
    args: readonly string[],
    by: readonly string[] = BOTH,
  ): Promise<PreparedTransaction> {
    return this.prepareFrom(this.propose(fn, args), by);
  }

  async prepareFrom(proposal: BuiltProposal, by: readonly string[] = BOTH): Promise<PreparedTransaction> {
    const responses = await this.endorse(proposal, by);
    const refused = responses.find((response) => response.getEndorsement() === undefined);
    if (refused !== undefined) throw new Error(refused.getResponse()?.getMessage());
    return { txId: proposal.txId, envelope: assemble(this.client(), proposal, responses) };
  }

  /** Sends transactions in this order and tells their validation codes. */
  async commit(...transactions: readonly PreparedTransaction[]): Promise<number[]> {
    for (const { envelope } of transactions) await this.channel.broadcast(envelope);
    return Promise.all(transactions.map(({ txId }) => this.outcome(txId)));
  }

  async submit(fn: string, args: readonly string[], by: readonly string[] = BOTH): Promise<number> {
    const [code] = await this.commit(await this.prepare(fn, args, by));
    return present(code);
  }

  /** What a contract answers on one peer. */
  async evaluate(
    fn: string,
    args: readonly string[] = [],
    more: Partial<ProposalRequest> = {},
  ): Promise<string> {
    const [response] = await this.endorse(this.propose(fn, args, more), [ORG1]);
    const answer = present(response?.getResponse());
    if (answer.getStatus() >= 400) throw new Error(answer.getMessage());
    return Buffer.from(answer.getPayload_asU8()).toString();
  }

  /** Validation code of a transaction, once it is in a block. */
  async outcome(txId: string): Promise<number> {
    const blocks = this.channel.blocks(this.channel.height() - 1)[Symbol.asyncIterator]();
    while ((await blocks.next()).done !== true) {
      const known = this.channel.transaction(txId);
      if (known !== undefined) return known.code;
    }
    throw new Error(`${txId} was not committed`);
  }
}

export interface PreparedTransaction {
  readonly txId: string;
  readonly envelope: Uint8Array;
}

/** Opens a ledger in memory, or as `options` say. */
export async function openTestLedger(options: Partial<EmbeddedOptions> = {}): Promise<TestLedger> {
  const people = await consortium();
  const ledger = await EmbeddedLedger.open({ ...testOptions(people), ...options });
  return new TestLedger(ledger, people, ledger.channel(options.channels?.[0]?.name ?? CHANNEL));
}

export function notebookChannel(name: string): EmbeddedOptions['channels'][number] {
  return { name, chaincodes: [{ name: CHAINCODE, contracts: [Notebook], policy: { n: 2, mspIds: BOTH } }] };
}

function testOptions({ organisations, endorsers, orderer }: Consortium): EmbeddedOptions {
  return {
    file: ':memory:',
    channels: [notebookChannel(CHANNEL)],
    members: organisations.map(({ mspId, ca }) => ({
      mspId,
      caCertificatePem: ca.certificatePem,
      endorser: present(endorsers.get(mspId)),
    })),
    orderer,
  };
}

/** Envelopes and validation codes of a block. */
export function readBlock(bytes: Uint8Array): {
  readonly block: common.Block;
  readonly codes: readonly number[];
} {
  const block = common.Block.deserializeBinary(bytes);
  const filter = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  return { block, codes: [...present(filter)] };
}

export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected something to be there');
  return value;
}
