import { createContext } from 'react';
import { sandbox } from './sandbox';

/** What the shop sells beside its orders. A real one asks its own catalogue; prices come from the graph alone. */
export interface Good {
  readonly providerId: string;
  readonly title: string;
  readonly note: string;
  readonly handle?: string;
}

/** Goods by key of the account whose orders take them. */
export type Catalogue = ReadonlyMap<string, readonly Good[]>;

export const CatalogueContext = createContext<Catalogue>(new Map());

export async function loadCatalogue(): Promise<Catalogue> {
  const { emulators } = await sandbox();
  return new Map(emulators.map(({ account, goods }) => [account, goods]));
}

/** For a line whose provider names products by their identifiers alone. */
export function titleOf(providerId: string, catalogue: Catalogue): string {
  const good = [...catalogue.values()].flat().find((each) => each.providerId === providerId);
  return good?.title ?? 'An item';
}
