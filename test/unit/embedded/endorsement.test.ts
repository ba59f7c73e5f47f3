// What an endorser of the embedded ledger signs, and what it refuses to execute.
import { createHash } from 'node:crypto';
import { ledger, peer } from '@hyperledger/fabric-protos';
import { EmbeddedError, ManualClock } from '@wattlock/embedded';
import { createOrganisation, issueIdentity } from '@wattlock/msp';
import { expect } from 'chai';
import {
  BOTH,
  CHAINCODE,
  CHANNEL,
  ORG1,
  ORG3,
  openTestLedger,
  present,
  type TestLedger,
} from '../../support/embedded';
import { propose, signAs } from '../../support/fabric-client';

describe('embedded endorser', () => {
  let test: TestLedger;
  beforeEach(async () => (test = await openTestLedger()));
  afterEach(() => test.ledger.close());

  const refusal = async (signed: Uint8Array): Promise<string> => {
    const response = peer.ProposalResponse.deserializeBinary(await test.channel.endorse(ORG1, signed));
    expect(response.getEndorsement(), 'endorsement').to.equal(undefined);
    expect(response.getResponse()?.getStatus()).to.be.at.least(400);
    return present(response.getResponse()).getMessage();
  };
  const altered = (signed: Uint8Array, change: (proposal: peer.SignedProposal) => void): Uint8Array => {
    const proposal = peer.SignedProposal.deserializeBinary(signed);
    change(proposal);
    return proposal.serializeBinary();
  };

  it('signs the same write set, byte for byte, for every organisation', async () => {
    const responses = await test.endorse(test.propose('Append', ['k', 'text']), [ORG1, 'Org2MSP', ORG3]);
    const payloads = responses.map((response) => Buffer.from(response.getPayload_asU8()).toString('hex'));
    expect(payloads).to.have.length(3);
    expect(new Set(payloads).size).to.equal(1);
    const endorsers = responses.map((response) => response.getEndorsement()?.getEndorser_asB64());
    expect(new Set(endorsers).size).to.equal(3);
  });

  it('answers with genuine Fabric messages: read versions, writes, result and event', async () => {
    await test.submit('Put', ['k', 'old']);
    const [response] = await test.endorse(test.propose('Append', ['k', '!']), [ORG1]);
    const payload = peer.ProposalResponsePayload.deserializeBinary(present(response).getPayload_asU8());
    const action = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
    expect(action.getChaincodeId()?.getName()).to.equal(CHAINCODE);
    expect(Buffer.from(present(action.getResponse()).getPayload_asU8()).toString()).to.equal('old!');
    const [set] = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
    const kv = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(present(set).getRwset_asU8());
    expect(kv.toObject()).to.deep.include({
      readsList: [{ key: 'k', version: { blockNum: 1, txNum: 0 } }],
      writesList: [{ key: 'k', isDelete: false, value: Buffer.from('old!').toString('base64') }],
    });
  });

  it('hands on a chaincode event with the transaction that set it', async () => {
    const proposal = test.propose('Announce', ['registered', 'day']);
    const [response] = await test.endorse(proposal, [ORG1]);
    const payload = peer.ProposalResponsePayload.deserializeBinary(present(response).getPayload_asU8());
    const action = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
    const event = peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8());
    expect([event.getTxId(), event.getEventName(), event.getChaincodeId()]).to.deep.equal([
      proposal.txId,
      'registered',
      CHAINCODE,
    ]);
  });

  it('gives the contract its caller and its transient data, and keeps the latter out of the proposal hash', async () => {
    const transient = { word: Buffer.from('open sesame') };
    expect(await test.evaluate('Whisper', [], { transient })).to.equal('open sesame');
    const proposal = test.propose('Who', [], { transient });
    const [response] = await test.endorse(proposal, [ORG1]);
    const payload = peer.ProposalResponsePayload.deserializeBinary(present(response).getPayload_asU8());
    const expected = createHash('sha256')
      .update(proposal.header.getChannelHeader_asU8())
      .update(proposal.header.getSignatureHeader_asU8())
      .update(proposal.payload)
      .digest('base64');
    expect(payload.getProposalHash_asB64()).to.equal(expected);
    expect(Buffer.from(present(response?.getResponse()).getPayload_asU8()).toString()).to.equal(
      `${ORG1} ${proposal.txId}`,
    );
  });

  it('does not show a contract its own writes', async () => {
    await test.submit('Put', ['k', 'committed']);
    expect(await test.evaluate('PutAndGet', ['k', 'new'])).to.equal('committed');
  });

  it("passes on a contract's refusal, word for word, unendorsed and silent", async () => {
    expect(await refusal(test.propose('Refuse', ['the lot is locked']).signed)).to.equal('the lot is locked');
    expect(await refusal(test.propose('NoSuchFunction').signed)).to.contain('NoSuchFunction');
    expect(await refusal(test.propose('Secretly', ['k']).signed)).to.contain('collection');
  });

  it('refuses a proposal whose signature is wrong, missing or not of low s', async () => {
    const { signed } = test.propose('Put', ['k', 'v']);
    const bytes = peer.SignedProposal.deserializeBinary(signed).getProposalBytes_asU8();
    const wrong = [
      signAs(test.client('Org2MSP'), bytes),
      new Uint8Array(),
      signAs(test.client(), bytes, 'high'),
    ];
    for (const signature of wrong) {
      const message = await refusal(
        altered(signed, (proposal) => {
          proposal.setSignature(signature);
        }),
      );
      expect(message).to.contain(`access denied: channel [${CHANNEL}] creator org [${ORG1}]`);
    }
  });

  it('refuses a creator whom no member vouches for, even under the name of one', async () => {
    const stranger = await issueIdentity(
      await createOrganisation({ mspId: ORG1, name: 'stranger', domain: 'stranger.example' }),
      { name: 'user1', role: 'client' },
    );
    const { signed } = propose(stranger, { channel: CHANNEL, chaincode: CHAINCODE, args: ['Get', 'k'] });
    expect(await refusal(signed)).to.contain('creator org unknown');
  });

  it('refuses an expired creator', async () => {
    const clock = new ManualClock(Date.now());
    const other = await openTestLedger({ clock });
    const { signed } = other.propose('Get', ['k']);
    clock.advance(6 * 365 * 24 * 3600 * 1000);
    const response = peer.ProposalResponse.deserializeBinary(await other.channel.endorse(ORG1, signed));
    expect(response.getResponse()?.getMessage()).to.contain('expired');
    await other.ledger.close();
  });

  it('refuses unknown chaincodes, other channels, made-up transaction ids and bytes that are no proposal', async () => {
    expect(await refusal(test.propose('Get', ['k'], { chaincode: 'other' }).signed)).to.contain('other');
    expect(await refusal(test.propose('Get', ['k'], { channel: 'other' }).signed)).to.contain(
      "'other' not found",
    );
    expect(await refusal(test.propose('Get', ['k'], { txId: 'ab'.repeat(32) }).signed)).to.contain('txid');
    expect(await refusal(Buffer.from('nonsense'))).to.contain('cannot be read');
    expect(await refusal(new Uint8Array())).to.be.a('string');
  });

  it('refuses a proposal whose transaction is already committed', async () => {
    const proposal = test.propose('Put', ['k', 'v']);
    const { txId, envelope } = await test.prepareFrom(proposal, BOTH);
    expect(await test.commit({ txId, envelope })).to.deep.equal([0]);
    expect(await refusal(proposal.signed)).to.contain('duplicate transaction');
  });

  it('throws for an organisation that is no member', async () => {
    const error = await test.channel
      .endorse('Org9MSP', test.propose('Get', ['k']).signed)
      .catch((e: unknown) => e);
    expect(error).to.be.instanceOf(EmbeddedError).with.property('code', 'EMBEDDED_MEMBER_UNKNOWN');
  });
});
