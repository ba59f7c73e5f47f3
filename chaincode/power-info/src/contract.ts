// The contract of the power channel: metering points, readings, lots and their destruction.
import { ChannelContract, claimLock, Evaluate, Submit, type Clock } from '@wattlock/chaincode-fabric';
import { Context, Info } from 'fabric-contract-api';
import { readBalance } from './balance';
import { readDay } from './days';
import { registerDestruction } from './destruction';
import { issue } from './issue';
import { listLots, readOneLot } from './lots';
import { listPoints, readOnePoint, registerPoint } from './points';
import { recordDay } from './record-day';
import { split } from './split';

@Info({ title: 'Power information', description: 'Power information X: recorded, locked, destroyed' })
export class PowerInfoContract extends ChannelContract {
  constructor(clock: Clock) {
    super('PowerInfo', 'power', ['account', 'lock', 'lot', 'point'], clock);
  }

  @Submit()
  RegisterPoint(context: Context, document: string): Promise<string> {
    return this.run(context, document, registerPoint);
  }

  @Submit()
  RecordDay(context: Context, document: string): Promise<string> {
    return this.run(context, document, recordDay);
  }

  @Submit()
  Issue(context: Context, document: string): Promise<string> {
    return this.run(context, document, issue);
  }

  @Submit()
  RegisterDestruction(context: Context, document: string): Promise<string> {
    return this.run(context, document, registerDestruction);
  }

  @Submit()
  Destroy(context: Context, document: string): Promise<string> {
    return this.run(context, document, claimLock);
  }

  @Submit()
  Split(context: Context, document: string): Promise<string> {
    return this.run(context, document, split);
  }

  @Evaluate()
  ReadPoint(context: Context, document: string): Promise<string> {
    return this.run(context, document, readOnePoint);
  }

  @Evaluate()
  ListPoints(context: Context, document: string): Promise<string> {
    return this.run(context, document, listPoints);
  }

  @Evaluate()
  ReadDay(context: Context, document: string): Promise<string> {
    return this.run(context, document, readDay);
  }

  @Evaluate()
  ReadLot(context: Context, document: string): Promise<string> {
    return this.run(context, document, readOneLot);
  }

  @Evaluate()
  ListLots(context: Context, document: string): Promise<string> {
    return this.run(context, document, listLots);
  }

  @Evaluate()
  BalanceOf(context: Context, document: string): Promise<string> {
    return this.run(context, document, readBalance);
  }
}
