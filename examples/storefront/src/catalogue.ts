/** What the shop sells beside its orders; a real one asks its own catalogue. Prices come from the graph alone. */
export interface Good {
  readonly providerId: string;
  readonly title: string;
  readonly note: string;
  readonly handle?: string;
}

export const catalogue: Readonly<Record<string, readonly Good[]>> = {
  'og-us': [
    { providerId: '44931275400013', title: 'Cold Brew Concentrate', note: '32 oz, ready to pour' },
    { providerId: '44931275400012', title: 'Dental Chews', note: 'For small dogs, 28 pack' },
    { providerId: '44931275400011', title: 'Chicken Cat Treats', note: 'Freeze-dried, nothing else' },
    { providerId: '44931275400001', title: 'Single-Origin Gesha', note: 'A rare one, 8 oz' },
  ],
  'appstle-us': [
    { providerId: '43500000000004', handle: 'vanilla-syrup', title: 'Vanilla Syrup', note: 'Madagascar, 250 ml' },
    { providerId: '43500000000002', handle: 'paper-filters-100', title: 'Paper Filters', note: 'Unbleached, 100' },
    { providerId: '43500000000003', handle: 'stoneware-mug', title: 'Stoneware Mug', note: 'Thrown by hand' },
  ],
  'recharge-us': [
    { providerId: '39990000000004', title: 'Vanilla Syrup', note: 'Madagascar, 250 ml' },
    { providerId: '39990000000002', title: 'Paper Filters', note: 'Unbleached, 100' },
    { providerId: '39990000000003', title: 'Stoneware Mug', note: 'Thrown by hand' },
  ],
  'centra-se': [
    { providerId: '1001', title: 'Wool socks', note: 'One size, warm' },
    { providerId: '1002', title: 'Leather care kit', note: 'For bags and boots' },
    { providerId: '1004', title: 'Dark roast coffee', note: '500 g' },
  ],
};

/** For a line whose provider names products by their identifiers alone. */
export function titleOf(providerId: string): string {
  const good = Object.values(catalogue)
    .flat()
    .find((each) => each.providerId === providerId);
  return good?.title ?? 'An item';
}
