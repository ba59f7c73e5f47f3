// `wattlock day`: what was recorded of days, slot by slot, and the files it came from.
import { dayField, list, MOST_LISTED, pointIdField, record } from '@wattlock/core';
import { DAY_ORDERS, listDays, type DayView } from '../../views';
import { command } from '../command';
import { grouped, short, type Column } from '../format';
import { listOptions, nextOf, pageOf, renderList } from '../listing';
import { checkPeriod, field, optional } from '../parameter';
import { nextField, shownDay } from '../shown';
import type { View } from '../view';

const columnsFor = (view: View): readonly Column<DayView>[] => [
  { heading: 'DAY', of: ({ id }) => id },
  { heading: 'SLOTS', align: 'right', of: slotsOf },
  {
    heading: 'ENERGY Wh',
    align: 'right',
    of: ({ energyWh }) => grouped(energyWh),
    raw: ({ energyWh }) => energyWh,
  },
  { heading: 'QUALITY', of: qualityOf, raw: ({ qualities }) => qualities ?? '' },
  { heading: 'EVIDENCE', of: ({ evidence }) => short(evidence), raw: ({ evidence }) => evidence },
  { heading: 'RECORDED', of: ({ at }) => view.time(at) },
];

export const dayCommands = [
  command({
    path: ['day', 'list'],
    summary: 'list recorded days part by part: their slots and the hashes of the files they came from',
    details:
      'The evidence is the SHA-256 of the imported file. A day that was stated as one amount has no slots.',
    example: 'day list --point solar-1 --from 2026-04-01 --to 2026-04-30',
    json: record({ days: list(shownDay, 0, MOST_LISTED), next: nextField }),
    options: {
      point: optional('ID', 'of this metering point', field(pointIdField)),
      from: optional('DAY', 'from this day, YYYY-MM-DD', field(dayField)),
      to: optional('DAY', 'up to and including this day', field(dayField)),
      ...listOptions(DAY_ORDERS),
    },
    async run(context, { point, from, to, ...part }) {
      checkPeriod(from, to);
      const records = await context.records();
      const page = records.read((view) => listDays(view, { point, from, to }, pageOf(part, DAY_ORDERS)));
      return { days: page.items, ...nextOf(page) };
    },
    render: ({ days, next }, view, { csv: asCsv }) =>
      renderList(days, columnsFor(view), 'no recorded days', { next, width: view.width, asCsv }),
  }),
];

/** `46 of 48`, or what stands for all of them. */
function slotsOf({ slots }: DayView): string {
  if (slots === undefined) return 'stated';
  return `${slots.filter((slot) => slot !== null).length} of ${slots.length}`;
}

function qualityOf({ qualities = '' }: DayView): string {
  const estimated = qualities.replace(/[^e]/g, '').length;
  return estimated === 0 ? 'measured' : `${estimated} estimated`;
}
