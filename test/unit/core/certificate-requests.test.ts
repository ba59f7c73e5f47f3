// What the certifier asks the certificate channel for beside swaps: certificates ahead of them, and burn receipts.
import { FUNCTIONS, issueFormat, readDocument, type Json, type JsonObject } from '@wattlock/core';
import { expect } from 'chai';
import { aLotId, digestOf } from '../../support/domain';
import { fieldOf } from '../../support/refusal';

describe('a request to issue a certificate', () => {
  const document = (change: JsonObject = {}): JsonObject => ({
    id: 'stock-1',
    issuer: 'certifier-1',
    lots: [{ id: aLotId(), energyWh: '1000' }],
    valueTypes: ['non-fossil'],
    contentHash: digestOf('content'),
    ...change,
  });

  it('is read with its lots and value types', () => {
    expect(readDocument(issueFormat, document())).to.deep.equal({
      ...document(),
      lots: [{ id: aLotId(), energyWh: 1000n }],
    });
  });

  it('is refused without lots, with a lot twice, or with types it does not know', () => {
    const lot: Json = { id: aLotId(), energyWh: '1' };
    expect(fieldOf(() => readDocument(issueFormat, document({ lots: [] })))).to.equal('lots');
    expect(fieldOf(() => readDocument(issueFormat, document({ lots: [lot, lot] })))).to.equal('lots');
    expect(fieldOf(() => readDocument(issueFormat, document({ lots: [{ ...lot, energyWh: 1 }] })))).to.equal(
      'lots[0].energyWh',
    );
    expect(fieldOf(() => readDocument(issueFormat, document({ valueTypes: ['green'] })))).to.equal(
      'valueTypes[0]',
    );
  });
});

describe('a confirmation of burns', () => {
  const readBurns = (document: JsonObject) =>
    readDocument(FUNCTIONS.certificate.ConfirmBurn.request, document).burns;
  const receipt = (name: string): JsonObject => ({
    swapId: digestOf(name),
    blockNumber: 7,
    transactionId: digestOf('transaction'),
  });
  const two = [receipt('a'), receipt('b')].sort((x, y) =>
    (x['swapId'] as string) < (y['swapId'] as string) ? -1 : 1,
  );

  it('names block and transaction for each of many swaps, in order', () => {
    expect(readBurns({ burns: two })).to.deep.equal(two);
    expect(fieldOf(() => readBurns({ burns: [...two].reverse() }))).to.equal('burns');
  });

  it('is refused when it is empty, repeats a swap or names no block', () => {
    expect(fieldOf(() => readBurns({ burns: [] }))).to.equal('burns');
    expect(fieldOf(() => readBurns({ burns: [receipt('a'), receipt('a')] }))).to.equal('burns');
    expect(fieldOf(() => readBurns({ burns: [{ ...receipt('a'), blockNumber: -1 }] }))).to.equal(
      'burns[0].blockNumber',
    );
  });
});

describe('a request to use a certificate', () => {
  const { Assign, Retire } = FUNCTIONS.certificate;

  it('names the account it is assigned to', () => {
    expect(readDocument(Assign.request, { certificate: 'c-1', to: 'buyer-1' })).to.deep.equal({
      certificate: 'c-1',
      to: 'buyer-1',
    });
    expect(fieldOf(() => readDocument(Assign.request, { certificate: 'c-1' }))).to.equal('to');
  });

  it('names for whom and for what it is retired, on one line each', () => {
    const document = { certificate: 'c-1', beneficiary: '株式会社A', purpose: 'use of 2025' };
    expect(readDocument(Retire.request, document)).to.deep.equal(document);
    expect(fieldOf(() => readDocument(Retire.request, { ...document, beneficiary: '' }))).to.equal(
      'beneficiary',
    );
    expect(fieldOf(() => readDocument(Retire.request, { ...document, purpose: 'a\nb' }))).to.equal('purpose');
  });
});
