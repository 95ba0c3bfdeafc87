export const neighbour = {
  scenario: 'sandbox',
  switches: { crossSellMinutes: 60 },
  hasCheckouts: true,
  open({ emulator, account, customerId }) {
    const fill = () =>
      fetch(`${emulator.url}/__emulator/checkouts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ customer: customerId, items: ['1004-1'] }),
      });
    return async () => {
      // A connection kept from the round before may have ended meanwhile.
      const answer = await fill().catch(fill);
      const { selection } = await answer.json();
      const isOwn = ({ path }) => path.includes(selection) && path.endsWith('/payment-result');
      return {
        mutation: 'completeCheckout',
        input: {
          accountKey: account.key,
          providerCheckoutId: selection,
          paymentFields: { klarna_order: selection },
        },
        isOwn,
        // A second payment of one checkout leaves no second order.
        made: () => emulator.writes.list().filter(isOwn).length,
      };
    };
  },
};
