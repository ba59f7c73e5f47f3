// The messages that clients make, against Fabric's own classes: they read the same content, and write the same bytes.
import { expect } from 'chai';
import { common, gateway, msp, peer } from '@hyperledger/fabric-protos';
import {
  blockHeaderBytes,
  evaluateRequest,
  proposalBytes,
  serializedIdentity,
  signedProposalBytes,
  type ProposalContent,
} from '@wattlock/protos';
import { createHash } from 'node:crypto';

const CREATOR = serializedIdentity('Org1MSP', 'a certificate\n');
const CONTENT: ProposalContent = {
  channel: 'power',
  chaincode: 'power-info',
  args: ['RecordDay', '', 'ü'],
  transient: { secret: Buffer.from('of 32 bytes'), second: Buffer.from([0, 255]) },
  timestamp: 1_764_300_000_123,
  creator: CREATOR,
  nonce: Buffer.alloc(24, 7),
};
const BYTES = proposalBytes(CONTENT);

/** Whether a class of Fabric's writes what it read as the very same bytes. */
function expectSame(
  kind: { deserializeBinary(bytes: Uint8Array): { serializeBinary(): Uint8Array } },
  bytes: Uint8Array,
): void {
  expect(Buffer.from(kind.deserializeBinary(bytes).serializeBinary())).to.deep.equal(Buffer.from(bytes));
}

describe('the messages of a client', () => {
  it('are the bytes that Fabric’s classes write', () => {
    const header = common.Header.deserializeBinary(
      peer.Proposal.deserializeBinary(BYTES.proposal).getHeader_asU8(),
    );
    expectSame(peer.Proposal, BYTES.proposal);
    expectSame(common.ChannelHeader, header.getChannelHeader_asU8());
    expectSame(common.SignatureHeader, header.getSignatureHeader_asU8());
    expectSame(
      peer.ChaincodeProposalPayload,
      peer.Proposal.deserializeBinary(BYTES.proposal).getPayload_asU8(),
    );
    expectSame(peer.ChaincodeProposalPayload, BYTES.payload);
    expectSame(msp.SerializedIdentity, CREATOR);
    expectSame(peer.SignedProposal, signedProposalBytes(BYTES.proposal, Buffer.from('signature')));
  });

  it('say who proposes what, where and when', () => {
    const channelHeader = common.ChannelHeader.deserializeBinary(BYTES.channelHeader);
    expect(channelHeader.toObject()).to.deep.include({
      type: common.HeaderType.ENDORSER_TRANSACTION,
      channelId: 'power',
      txId: createHash('sha256').update(CONTENT.nonce).update(CREATOR).digest('hex'),
      timestamp: { seconds: 1_764_300_000, nanos: 123_000_000 },
    });
    const extension = peer.ChaincodeHeaderExtension.deserializeBinary(channelHeader.getExtension_asU8());
    expect(extension.getChaincodeId()?.getName()).to.equal('power-info');
    const signatureHeader = common.SignatureHeader.deserializeBinary(BYTES.signatureHeader);
    expect(msp.SerializedIdentity.deserializeBinary(signatureHeader.getCreator_asU8()).getMspid()).to.equal(
      'Org1MSP',
    );
    expect(Buffer.from(signatureHeader.getNonce_asU8())).to.deep.equal(CONTENT.nonce);
  });

  it('carry the arguments, empty ones too, and transient data only in what is signed', () => {
    const whole = peer.ChaincodeProposalPayload.deserializeBinary(
      peer.Proposal.deserializeBinary(BYTES.proposal).getPayload_asU8(),
    );
    const ordered = peer.ChaincodeProposalPayload.deserializeBinary(BYTES.payload);
    expect(ordered.getTransientmapMap().getLength()).to.equal(0);
    expect(whole.getTransientmapMap().getLength()).to.equal(2);
    expect(Buffer.from(whole.getTransientmapMap().get('secret') ?? '').toString()).to.equal('of 32 bytes');
    expect(whole.getInput_asB64()).to.equal(ordered.getInput_asB64());
    const spec = peer.ChaincodeInvocationSpec.deserializeBinary(ordered.getInput_asU8()).getChaincodeSpec();
    const args = spec?.getInput()?.getArgsList_asU8() ?? [];
    expect(args.map((arg) => Buffer.from(arg).toString())).to.deep.equal(CONTENT.args);
    expect(spec?.getType()).to.equal(peer.ChaincodeSpec.Type.NODE);
  });

  it('tell times before 1970 and at the full second', () => {
    const timeOf = (timestamp: number): object | undefined =>
      common.ChannelHeader.deserializeBinary(proposalBytes({ ...CONTENT, timestamp }).channelHeader)
        .getTimestamp()
        ?.toObject();
    expect(timeOf(-1)).to.deep.equal({ seconds: -1, nanos: 999_000_000 });
    expect(timeOf(0)).to.deep.equal({ seconds: 0, nanos: 0 });
    expect(timeOf(5000)).to.deep.equal({ seconds: 5, nanos: 0 });
  });

  it('ask the peers of named organisations', () => {
    const { transactionId, proposal } = BYTES;
    const signedProposal = signedProposalBytes(proposal, Buffer.from('signature'));
    const bytes = evaluateRequest({
      channel: 'power',
      transactionId,
      signedProposal,
      organisations: ['Org1MSP', 'Org2MSP'],
    });
    expectSame(gateway.EvaluateRequest, bytes);
    const request = gateway.EvaluateRequest.deserializeBinary(bytes);
    expect(request.getTargetOrganizationsList()).to.deep.equal(['Org1MSP', 'Org2MSP']);
    expect(request.getTransactionId()).to.equal(transactionId);
    expect(Buffer.from(request.getProposedTransaction()?.serializeBinary() ?? '')).to.deep.equal(
      Buffer.from(signedProposal),
    );
  });
});

describe('the DER form of a block’s header', () => {
  it('is a sequence of the number in its fewest bytes and both hashes', () => {
    const hash = Buffer.alloc(32, 0xab);
    expect(blockHeaderBytes(0, Buffer.alloc(0), hash).toString('hex')).to.equal(
      `30270201000400` + `0420${'ab'.repeat(32)}`,
    );
    expect(blockHeaderBytes(127, hash, hash).subarray(0, 5).toString('hex')).to.equal('304702017f');
    expect(blockHeaderBytes(128, hash, hash).subarray(0, 6).toString('hex')).to.equal('304802020080');
    expect(
      blockHeaderBytes(2 ** 40, hash, hash)
        .subarray(2, 10)
        .toString('hex'),
    ).to.equal('0206010000000000');
  });
});
