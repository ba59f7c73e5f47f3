// What never reaches a log, whatever somebody logs by mistake.
import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { LedgerError, newAccountKeyPem, redacted } from '@wattlock/gateway';

const SECRET = 'ab'.repeat(32);

describe('a log line', () => {
  for (const name of [
    'secret',
    'ownSecret',
    'seed',
    'seeds',
    'transient',
    'privateKeyPem',
    'private_key',
    'preimage',
  ]) {
    it(`never shows what is called ${name}, at any depth`, () => {
      const line = redacted({ request: { parties: [{ [name]: { value: SECRET } }] } });
      expect(JSON.stringify(line)).not.to.include(SECRET);
    });
  }

  it('never shows a key or a certificate in PEM, also in the middle of a text', () => {
    const pem = newAccountKeyPem();
    const shown = JSON.stringify(redacted({ note: `read ${pem} from a file`, pem, list: [pem] }));
    expect(shown).not.to.include('BEGIN').and.not.to.include(pem.split('\n')[1]);
    expect(redacted(`cut ${pem.slice(0, 60)}`)).not.to.include(pem.split('\n')[1]?.slice(0, 20));
  });

  it('tells bytes by their number, and never shows a key object', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const line = redacted({ bytes: Buffer.from(SECRET, 'hex'), view: new Uint8Array(3), key: privateKey });
    expect(line).to.deep.equal({ bytes: '[32 bytes]', view: '[3 bytes]', key: '[redacted]' });
  });

  it('tells an error by its code and message, not by what it was made of', () => {
    const cause = Object.assign(new Error('inner'), { request: SECRET });
    const error = new LedgerError('OUTCOME_UNKNOWN', 'late', { transactionId: 'tx', cause });
    const shown = JSON.stringify(redacted({ error }));
    expect(shown).to.include('OUTCOME_UNKNOWN').and.to.include('late');
    expect(shown).not.to.include(SECRET);
  });

  it('ends where a value goes on for ever', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    expect(JSON.stringify(redacted(circle))).to.include('[deeper]');
  });

  it('shows ids, numbers, dates and amounts as they are', () => {
    const facts = { swap: SECRET, ms: 12, fn: 'Destroy', ok: true, none: null };
    expect(redacted(facts)).to.deep.equal(facts);
    expect(redacted({ at: new Date(0), wh: 12n })).to.deep.equal({
      at: '1970-01-01T00:00:00.000Z',
      wh: '12',
    });
  });
});
