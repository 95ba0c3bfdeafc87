import { buildSchema, isEnumType } from 'graphql';

const ENUMS = ['RetryAdvice', 'UpsellErrorCode'];

/**
 * Rewrites the tables of codes in docs/errors.md: the codes and their meaning are those of the schema, what to do about
 * each stays as the page has it. Throws for a code about which the page says nothing.
 */
export function writeErrorCatalogue(page, schemaText) {
  const schema = buildSchema(schemaText);
  return ENUMS.reduce((text, name) => {
    const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
    const before = text.slice(0, text.indexOf(start) + start.length);
    const after = text.slice(text.indexOf(end));
    const known = new Map(
      text
        .slice(before.length, text.indexOf(end))
        .split('\n')
        .map((line) => line.split('|').map((cell) => cell.trim()))
        .map(([, code = '', , advice = '']) => [code.replaceAll('`', ''), advice]),
    );
    return `${before}\n\n${table(valuesOf(schema, name), known)}\n\n${after}`;
  }, page);
}

function valuesOf(schema, name) {
  const type = schema.getType(name);
  if (!isEnumType(type)) throw new Error(`the schema has no enum ${name}`);
  return type.getValues();
}

function table(values, known) {
  const rows = values.map(({ name, description }) => {
    const advice = known.get(name);
    if (!advice) throw new Error(`docs/errors.md does not say what to do about ${name}`);
    return [`\`${name}\``, description ?? '', advice];
  });
  const head = ['code', 'meaning', 'what the storefront does'];
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column].length)));
  const line = (cells, fill) => `| ${widths.map((width, column) => cells[column].padEnd(width, fill)).join(' | ')} |`;
  return [line(head, ' '), line(['', '', ''], '-'), ...rows.map((row) => line(row, ' '))].join('\n');
}
