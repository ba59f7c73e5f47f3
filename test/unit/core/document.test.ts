// Readers: untrusted JSON becomes typed values, or is refused by the path of the field that is wrong.
import {
  ascending,
  integer,
  list,
  nullable,
  oneOf,
  optional,
  readDocument,
  record,
  text,
  type Json,
  type Reader,
} from '@wattlock/core';
import { expect } from 'chai';
import { fieldOf, refusalOf } from '../../support/refusal';

const reads = <T>(reader: Reader<T>, value: Json): T => readDocument(reader, value);

describe('a reader', () => {
  it('of text accepts only text that matches its pattern', () => {
    const colour = text(/^[a-z]+$/, 'a colour');
    expect(reads(colour, 'red')).to.equal('red');
    expect(refusalOf(() => reads(colour, 'Red'))).to.deep.equal({
      code: 'BAD_FIELD',
      details: { field: '', reason: 'expected a colour' },
    });
    for (const other of [7, null, ['red'], { red: 'red' }])
      expect(fieldOf(() => reads(colour, other))).to.equal('');
  });

  it('of one of some words names all of them when it refuses', () => {
    const word = oneOf(['on', 'off']);
    expect(reads(word, 'off')).to.equal('off');
    expect(refusalOf(() => reads(word, 'of')).details['reason']).to.equal('expected one of on, off');
  });

  it('of whole numbers accepts both bounds and nothing beyond, between or beside them', () => {
    const hour = integer(0, 23);
    expect([reads(hour, 0), reads(hour, 23)]).to.deep.equal([0, 23]);
    for (const other of [-1, 24, 1.5, '1', true, null])
      expect(fieldOf(() => reads(hour, other))).to.equal('');
  });

  it('of a list accepts both lengths and refuses by the index of what is wrong in it', () => {
    const hours = list(integer(0, 23), 1, 3);
    expect(reads(hours, [1])).to.deep.equal([1]);
    expect(reads(hours, [1, 2, 3])).to.deep.equal([1, 2, 3]);
    expect(refusalOf(() => reads(hours, [])).details['reason']).to.equal('expected a list of 1 to 3 entries');
    expect(fieldOf(() => reads(hours, [1, 2, 3, 4]))).to.equal('');
    expect(fieldOf(() => reads(hours, { length: 1 }))).to.equal('');
    expect(fieldOf(() => reads(hours, [1, 99]))).to.equal('[1]');
  });

  it('of an ascending list refuses disorder and repetition', () => {
    const names = ascending(list(text(/./, 'text'), 0, 9), (name) => name);
    expect(reads(names, ['B', 'a', 'é'])).to.deep.equal(['B', 'a', 'é']);
    expect(reads(names, [])).to.deep.equal([]);
    for (const other of [
      ['b', 'a'],
      ['a', 'a'],
      ['a', 'B'],
    ])
      expect(fieldOf(() => reads(names, other))).to.equal('');
  });

  it('of what may be null still refuses what is absent', () => {
    const hour = record({ at: nullable(integer(0, 23)) });
    expect(reads(hour, { at: null })).to.deep.equal({ at: null });
    expect(reads(hour, { at: 5 })).to.deep.equal({ at: 5 });
    expect(fieldOf(() => reads(hour, {}))).to.equal('at');
  });

  it('of what may be absent refuses null', () => {
    const hour = record({ at: optional(integer(0, 23)) });
    expect(reads(hour, {})).to.deep.equal({});
    expect(reads(hour, { at: 5 })).to.deep.equal({ at: 5 });
    expect(fieldOf(() => reads(hour, { at: null }))).to.equal('at');
  });
});

describe('a reader of objects', () => {
  const shift = record({
    worker: record({ name: text(/^\w+$/, 'a name') }),
    hours: list(integer(0, 23), 0, 3),
  });

  it('refuses by the whole path of the field', () => {
    expect(fieldOf(() => reads(shift, { worker: { name: '!' }, hours: [] }))).to.equal('worker.name');
    expect(fieldOf(() => reads(shift, { worker: { name: 'ann' }, hours: [1, -1] }))).to.equal('hours[1]');
  });

  it('refuses fields it does not know, also those every JavaScript object has', () => {
    const known = { worker: { name: 'ann' }, hours: [] };
    for (const name of ['colour', 'constructor', 'toString', '__proto__']) {
      const document = JSON.parse(JSON.stringify(known).replace('{', `{"${name}":1,`)) as Json;
      expect(refusalOf(() => reads(shift, document)).details).to.deep.equal({
        field: name,
        reason: 'unknown field',
      });
    }
    expect(fieldOf(() => reads(shift, { ...known, worker: { name: 'ann', age: 1 } }))).to.equal('worker.age');
  });

  it('refuses what is missing and what is no object', () => {
    expect(fieldOf(() => reads(shift, { hours: [] }))).to.equal('worker');
    for (const other of [null, [], 'x', 1]) {
      expect(refusalOf(() => reads(shift, other)).details['reason']).to.equal('expected an object');
    }
  });
});
