import type { ProductRecord } from '../records.js';

export const catalogue: readonly ProductRecord[] = [
  product('1001', 'Wool socks', 20_000, { sizes: [['1', 'One size', 40]] }),
  product('1002', 'Leather care kit', 10_000, { sizes: [['1', 'One size', 40]] }),
  product('1003', 'Linen shirt', 30_500, {
    sizes: [
      ['1', 'S', 12],
      ['2', 'M', 0],
      ['3', 'L', 7],
    ],
  }),
  product('1004', 'Dark roast coffee', 8_240, { sizes: [['1', '500 g', 60]], plans: ['1', '2'], taxPercent: 12 }),
  product('1005', 'Sold-out cap', 25_000, { sizes: [['1', 'One size', 0]] }),
  product('1006', 'Gift box of your choice', 50_000, { sizes: [['1', 'Box', 9]], bundle: 'flexible' }),
  product('1007', 'Travel set', 45_000, { sizes: [['1', 'Set', 9]], bundle: 'fixed' }),
  product('1008', 'Announced jacket', null, { sizes: [['1', 'M', 5]] }),
  product('1009', 'Pair of candles', 9_900, { sizes: [['1', 'Pair', 30]], minimum: 2, multipleOf: 2 }),
  product('1010', 'Scarf', 35_000, {
    sizes: [['1', 'One size', 25]],
    media: ['https://shop.example.com/media/scarf.jpg'],
  }),
];

interface Details {
  readonly sizes: readonly (readonly [sizeId: string, name: string, stock: number])[];
  readonly plans?: readonly string[];
  readonly bundle?: 'fixed' | 'flexible';
  readonly minimum?: number;
  readonly multipleOf?: number;
  readonly taxPercent?: number;
  readonly media?: readonly string[];
}

/** Makes a product. Other pricelists follow from the Swedish price, at made-up rates. */
function product(id: string, name: string, price: number | null, details: Details): ProductRecord {
  const at = (rate: number) => (price === null ? null : Math.round(price * rate));
  return {
    product: id,
    name,
    sku: `NRL-${id}`,
    sizes: details.sizes.map(([sizeId, size, stock]) => ({ sizeId, name: size, sku: `-${sizeId}`, stock })),
    prices: { '19': price, '20': at(0.09), '21': at(0.1), '22': at(0.1), '23': at(0.14) },
    taxPercent: details.taxPercent ?? 25,
    minimum: details.minimum ?? 1,
    multipleOf: details.multipleOf ?? 1,
    bundle: details.bundle ?? null,
    plans: details.plans ?? [],
    media: details.media ?? [],
  };
}

/** Returns a catalogue for one start. Orders use up stock, so each start has its own. */
export function freshCatalogue(): readonly ProductRecord[] {
  return catalogue.map((each) => ({ ...each, sizes: each.sizes.map((size) => ({ ...size })) }));
}
