// `wattlock meter`: readings from files into recorded days.
import { pointIdField } from '@wattlock/core';
import { importMeterFile, METER_FORMAT_NAMES, ROW_CODES, type MeterImport } from '../../ingest';
import { platformOfPoint } from '../../views';
import { command } from '../command';
import { count, energy, fields, grouped, table } from '../format';
import { anyText, field, optional, repeated, required, withDefault, word } from '../parameter';

export const meterCommands = [
  command({
    path: ['meter', 'import'],
    summary: 'import the readings of a meter file',
    details: [
      'Finer samples are summed into the slots of the metering point; energy is exact and never rounded up.',
      'The same file again changes nothing. A bad row is reported with its number and code, and the rest is imported.',
      'Give the time with --time-column, or with --start for files whose rows follow each other slot by slot.',
    ].join(' '),
    example:
      'meter import readings.csv --point solar-1 --time-column time --value-column kwh --unit kWh --utc-offset +09:00',
    json: '{point, rows, accepted, duplicates, rejected: [{row, code}], energyWh, days}',
    arguments: { file: required('FILE', 'the file; CSV has a header line', anyText) },
    options: {
      point: required('ID', 'metering point', field(pointIdField)),
      format: withDefault(
        'FORMAT',
        `what the file is: ${METER_FORMAT_NAMES.join(', ')}`,
        'csv',
        word(...METER_FORMAT_NAMES),
      ),
      timeColumn: optional('COLUMN', 'column of the time', anyText),
      timeFormat: optional(
        'FORMAT',
        'layout of the time, such as M/D/YYYY H:mm (default: ISO 8601)',
        anyText,
      ),
      utcOffset: optional('OFFSET', 'offset of times that carry none themselves, such as +09:00', anyText),
      start: optional(
        'INSTANT',
        "time of the first row when the file has none; without an offset, at the metering point's own",
        anyText,
      ),
      valueColumn: required('COLUMN', 'column of the value', anyText),
      unit: required(
        'UNIT',
        'W, kW, Wh or kWh; power is the mean over the sample',
        word('W', 'kW', 'Wh', 'kWh'),
      ),
      kind: withDefault(
        'KIND',
        'interval: each row is a sample; register: a reading of a counter',
        'interval',
        word('interval', 'register'),
      ),
      scale: optional('N', 'factor on every value, such as the kW installed', anyText),
      filter: repeated('COLUMN=VALUE', 'only rows with this value; repeat to require several', anyText),
      timestamp: withDefault(
        'WHICH',
        "whether a sample's time is the start or the end of its interval",
        'start',
        word('start', 'end'),
      ),
      interval: optional('MINUTES', "length of a sample (default: the file's most frequent step)", anyText),
    },
    async run(context, { file, point, ...options }): Promise<MeterImport> {
      const platform = await platformOfPoint(await context.platform(), point);
      return importMeterFile(platform.as('generator').power, file, point, options, {
        now: platform.now(),
        onProgress: (done, total) => {
          context.progress.say(`${done} of ${count(total, 'day')}`);
        },
      });
    },
    render: ({ point, rows, accepted, duplicates, rejected, energyWh, days }) =>
      [
        fields([
          ['point', point],
          ['rows', `${grouped(rows)}: ${grouped(accepted)} new, ${grouped(duplicates)} known before`],
          ['rejected', grouped(rejected.length)],
          ['days', grouped(days)],
          ['new energy', energy(energyWh)],
        ]),
        ...(rejected.length === 0 ? [] : ['', rejectedTable(rejected)]),
      ].join('\n'),
  }),
];

/** Rejected rows by code, with the first few row numbers of each. */
function rejectedTable(rejected: MeterImport['rejected']): string {
  const codes = [...new Set(rejected.map(({ code }) => code))];
  const rowsOf = (code: string): number[] =>
    rejected.filter((each) => each.code === code).map(({ row }) => row);
  return table(
    codes,
    [
      { heading: 'REJECTED', of: (code) => code },
      { heading: 'ROWS', align: 'right', of: (code) => grouped(rowsOf(code).length) },
      { heading: 'FIRST', of: (code) => rowsOf(code).slice(0, 5).join(', ') },
      { heading: 'WHY', of: (code) => ROW_CODES[code] },
    ],
    '',
  );
}
