import { describe, expect, it } from '@jest/globals';
import { html, joined, raw } from './html.js';

describe('html', () => {
  it('keeps what the template says and escapes its values, in text and in quoted attributes', () => {
    const hostile = `<b>"Tom" & 'Ann'</b>`;
    const escaped = '&#60;b&#62;&#34;Tom&#34; &#38; &#39;Ann&#39;&#60;/b&#62;';
    expect(html`<p title="${hostile}">${hostile}</p>`.toString()).toBe(
      `<p title="${escaped}">${escaped}</p>`,
    );
  });

  it('escapes an entity once more, so that the reader sees it as it was written', () => {
    expect(html`${'&amp;'}`.toString()).toBe('&#38;amp;');
  });

  it('does not take the patterns of String.replace for more than text', () => {
    expect(html`<p>${'$& $1 $$'}</p>`.toString()).toBe('<p>$&#38; $1 $$</p>');
  });

  it('lets nested HTML and arrays of it pass', () => {
    const names = ['a', '<b>'];
    const items = names.map((name) => html`<li>${name}</li>`);
    expect(html`<ul>${items}</ul>`.toString()).toBe('<ul><li>a</li><li>&#60;b&#62;</li></ul>');
  });

  it('escapes the texts in an array', () => {
    expect(html`${['<', ['>', 1]]}`.toString()).toBe('&#60;&#62;1');
  });

  it('renders undefined, null and false as nothing, but 0', () => {
    expect(html`[${undefined}${null}${false}${''}${[]}${0}]`.toString()).toBe('[0]');
  });

  it('passes what is marked as raw', () => {
    expect(html`<div>${raw('<b>&amp;</b>')}</div>`.toString()).toBe('<div><b>&amp;</b></div>');
  });

  it('refuses an object that only looks like HTML', () => {
    const forged = { text: '<b>', toString: () => '<b>' };
    // A body of JSON can hold such an object; the compiler does not let it in, and no template renders it.
    // @ts-expect-error It is not made by `html`.
    expect(() => html`${forged}`).toThrow(TypeError);
  });
});

describe('joined', () => {
  it('puts the separator between the values', () => {
    expect(joined(['<', html`<b>x</b>`], html`<br>`).toString()).toBe('&#60;<br><b>x</b>');
    expect(joined(['a', 'b'], ' & ').toString()).toBe('a &#38; b');
  });

  it('keeps empty texts and leaves out what renders as nothing', () => {
    expect(joined(['a', '', undefined, 'b', null, false], ',').toString()).toBe('a,,b');
  });

  it('makes nothing of nothing', () => {
    expect(joined([], ',').toString()).toBe('');
  });
});
