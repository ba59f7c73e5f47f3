// Pages that people write: a link leads to a page and a heading that are there, and every decision is in the index.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';

const ROOT = resolve(__dirname, '..', '..', '..', '..');
const DECISIONS = join(ROOT, 'docs', 'adr');
const LINK = /\]\(([^)\s]+)\)/g;

/** The pages of the repository's root and of every folder below `docs`. */
function pages(): string[] {
  const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const all = [...readdirSync(ROOT), ...below.map((name) => join('docs', name))];
  return all.filter((name) => name.endsWith('.md')).map((name) => join(ROOT, name));
}

/** The anchors of a page's headings, as renderers of Markdown on code hosts make them. */
function anchorsOf(page: string): Set<string> {
  const headings = readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm);
  return new Set([...headings].map(([, text = '']) => anchorOf(text)));
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** What is wrong with the links of a page, each as the page and the link. */
function brokenLinks(page: string): string[] {
  const links = [...readFileSync(page, 'utf8').matchAll(LINK)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(page, link))
    .map((link) => `${relative(ROOT, page)}: ${link}`);
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : resolve(dirname(page), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || (statSync(target).isFile() && anchorsOf(target).has(anchor));
}

describe('the pages', () => {
  it('link only to pages and headings that are there', () => {
    expect(pages().flatMap(brokenLinks)).to.deep.equal([]);
  });

  it('list every decision in the index, by number and title', () => {
    const index = readFileSync(join(DECISIONS, 'README.md'), 'utf8');
    const records = readdirSync(DECISIONS).filter((name) => /^\d{4}-/.test(name));
    const missing = records.filter((name) => !index.includes(`](${name})`));
    expect(missing).to.deep.equal([]);
    expect(records.map((name) => Number(name.slice(0, 4)))).to.deep.equal(records.map((_, i) => i + 1));
  });
});
