// A contract for ledger tests: one function for each thing a contract can do to its keys.
import { common, msp } from '@hyperledger/fabric-protos';
import { Contract, type Context } from 'fabric-contract-api';
import { KeyEndorsementPolicy } from 'fabric-shim';

export class Notebook extends Contract {
  constructor() {
    super('Notebook');
  }

  /** Writes without reading. */
  async Put(ctx: Context, key: string, value: string): Promise<string> {
    await ctx.stub.putState(key, Buffer.from(value));
    return value;
  }

  async PutBoth(ctx: Context, first: string, second: string, value: string): Promise<void> {
    await ctx.stub.putState(first, Buffer.from(value));
    await ctx.stub.putState(second, Buffer.from(value));
  }

  /** Reads and writes one key. */
  async Append(ctx: Context, key: string, value: string): Promise<string> {
    const text = Buffer.from(await ctx.stub.getState(key)).toString() + value;
    await ctx.stub.putState(key, Buffer.from(text));
    return text;
  }

  /** Writes, then reads the same key. */
  async PutAndGet(ctx: Context, key: string, value: string): Promise<string> {
    await ctx.stub.putState(key, Buffer.from(value));
    return Buffer.from(await ctx.stub.getState(key)).toString();
  }

  async Get(ctx: Context, key: string): Promise<string> {
    return Buffer.from(await ctx.stub.getState(key)).toString();
  }

  async Delete(ctx: Context, key: string): Promise<void> {
    await ctx.stub.deleteState(key);
  }

  /** Lets `n` peers of the organisations in `mspIds` (JSON) change a key from now on. */
  async Guard(ctx: Context, key: string, n: string, mspIds: string): Promise<void> {
    await ctx.stub.setStateValidationParameter(key, outOf(Number(n), JSON.parse(mspIds) as string[]));
  }

  /** The shim's own policy: all of these organisations, in a role. */
  async GuardByAll(ctx: Context, key: string, role: string, mspIds: string): Promise<void> {
    const policy = new KeyEndorsementPolicy();
    policy.addOrgs(role, ...(JSON.parse(mspIds) as string[]));
    await ctx.stub.setStateValidationParameter(key, policy.getPolicy());
  }

  /** Any bytes as policy. */
  async GuardWith(ctx: Context, key: string, hex: string): Promise<void> {
    await ctx.stub.setStateValidationParameter(key, Buffer.from(hex, 'hex'));
  }

  async GuardAndPut(ctx: Context, key: string, n: string, mspIds: string, value: string): Promise<void> {
    await this.Guard(ctx, key, n, mspIds);
    await this.Put(ctx, key, value);
  }

  async GuardOf(ctx: Context, key: string): Promise<string> {
    const policy = (await ctx.stub.getStateValidationParameter(key)) as Uint8Array | undefined;
    return policy === undefined ? '' : Buffer.from(policy).toString('hex');
  }

  /** Reads a range to its end and writes how many keys it has. */
  async Count(ctx: Context, from: string, to: string, into: string): Promise<string> {
    let count = 0;
    for await (const entry of ctx.stub.getStateByRange(from, to)) if (entry.key !== '') count++;
    await ctx.stub.putState(into, Buffer.from(String(count)));
    return String(count);
  }

  /** Keys of a range, in order. */
  async Keys(ctx: Context, from: string, to: string): Promise<string> {
    const keys: string[] = [];
    for await (const { key } of ctx.stub.getStateByRange(from, to)) keys.push(key);
    return JSON.stringify(keys);
  }

  async Page(ctx: Context, from: string, to: string, size: string, bookmark: string): Promise<string> {
    const keys: string[] = [];
    const page = await ctx.stub.getStateByRangeWithPagination(from, to, Number(size), bookmark);
    for (let step = await page.iterator.next(); !step.done; step = await page.iterator.next())
      keys.push(step.value.key);
    return JSON.stringify({ keys, ...page.metadata });
  }

  async History(ctx: Context, key: string): Promise<string> {
    const changes: object[] = [];
    for await (const change of ctx.stub.getHistoryForKey(key)) {
      const { txId, isDelete, value, timestamp } = change;
      changes.push({
        txId,
        isDelete,
        value: Buffer.from(value).toString(),
        seconds: Number(timestamp.seconds),
      });
    }
    return JSON.stringify(changes);
  }

  Whisper(ctx: Context): string {
    return Buffer.from(ctx.stub.getTransient().get('word') ?? []).toString();
  }

  Announce(ctx: Context, name: string, text: string): void {
    ctx.stub.setEvent(name, Buffer.from(text));
  }

  Who(ctx: Context): string {
    return `${ctx.clientIdentity.getMSPID()} ${ctx.stub.getTxID()}`;
  }

  Refuse(_ctx: Context, why: string): never {
    throw new Error(why);
  }

  async Secretly(ctx: Context, key: string): Promise<void> {
    await ctx.stub.putPrivateData('collection', key, Buffer.from('value'));
  }

  /** Takes its time, letting everything else go on. */
  async GetSlowly(ctx: Context, first: string, second: string): Promise<string> {
    const before = await this.Get(ctx, first);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return `${before} ${await this.Get(ctx, second)}`;
  }
}

function outOf(n: number, mspIds: readonly string[]): Uint8Array {
  const rule = new common.SignaturePolicy.NOutOf();
  rule.setN(n);
  rule.setRulesList(
    mspIds.map((_, index) => {
      const signedBy = new common.SignaturePolicy();
      signedBy.setSignedBy(index);
      return signedBy;
    }),
  );
  const policy = new common.SignaturePolicy();
  policy.setNOutOf(rule);
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(policy);
  envelope.setIdentitiesList(mspIds.map(peersOf));
  return envelope.serializeBinary();
}

function peersOf(mspId: string): msp.MSPPrincipal {
  const role = new msp.MSPRole();
  role.setMspIdentifier(mspId);
  role.setRole(msp.MSPRole.MSPRoleType.PEER);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(role.serializeBinary());
  return principal;
}
