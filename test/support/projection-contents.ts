// All that can be asked of a projection, so that two can be compared.
import {
  forgedLocks,
  listAccounts,
  listCertificates,
  listDays,
  listLots,
  listPoints,
  listStockSlots,
  listSwaps,
  reconcile,
  type Projection,
} from '@wattlock/gateway';

type View = Projection['view'];

export function contentsOf(view: View): object {
  return {
    report: reconcile(view),
    points: listPoints(view),
    accounts: [listAccounts(view, 'power'), listAccounts(view, 'certificate')],
    days: listDays(view),
    lots: listLots(view, {}),
    swaps: listSwaps(view),
    forged: forgedLocks(view),
    certificates: listCertificates(view, {}),
    stock: listStockSlots(view),
  };
}
