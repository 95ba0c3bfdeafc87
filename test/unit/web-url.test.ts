import { expect, test } from '@jest/globals';
import { webUrl } from '../../src/domain/web-url.js';

test.each([
  ['https://cdn.example/a.png?v=1', 'https://cdn.example/a.png?v=1'],
  ['http://cdn.example/a.png', 'http://cdn.example/a.png'],
  ['//cdn.example/a.png', 'https://cdn.example/a.png'],
  ['javascript:alert(1)', null],
  [' java\nscript:alert(1)', null],
  ['JavaScript:alert(1)', null],
  ['data:text/html,<script>', null],
  ['file:///etc/passwd', null],
  ['blob:https://shop.example/1', null],
  ['a.png', null],
  ['', null],
  [null, null],
])('of a picture at %j a page may load %j', (text, expected) => {
  expect(webUrl(text)).toBe(expected);
});
