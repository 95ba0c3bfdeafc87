// Emitted by `npm run schema`; edit src/graph/presets.ts instead.

/** For `typePolicies` of Apollo Client's InMemoryCache. */
export const typePolicies = {
  ActionAvailability: { merge: true },
  ChargePlan: { merge: true },
  Customer: { fields: { upcomingOrders: paged(["accountKeys"]), subscriptions: paged(["statuses"]) } },
  Dunning: { merge: true },
  Money: { merge: true },
  Order: { fields: { lineItems: paged(["origin"]) } },
  Query: { fields: { upcomingOrders: paged(["accountKeys"]) } },
  ScheduledMoment: { merge: true },
  ShopperAction: { merge: true },
  SubscriptionTerms: { merge: true },
  UpsellEligibility: { merge: true },
  UpsellOrderTotals: { merge: true },
  UpsellPreviewPayload: { merge: true },
  UpsellViewer: { merge: true, fields: { operations: paged(["open"]) } },
  UpsellWindow: { merge: true },
};

/** Joins the pages of a connection, and tells lists apart by the arguments that choose what is in them. */
function paged(keyArgs) {
  return {
    keyArgs,
    merge(existing, incoming, { args }) {
      if (!existing || !args?.after) return { ...existing, ...incoming };
      const joined = (part) => (incoming[part] ? { [part]: [...(existing[part] ?? []), ...incoming[part]] } : {});
      return { ...existing, ...incoming, ...joined("nodes"), ...joined("edges") };
    },
  };
}
