import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { UpsellProvider } from 'upsell-graph-client/react';
import { Provider } from 'urql';
import { CatalogueContext, loadCatalogue } from './catalogue';
import { NextDelivery } from './pages/next-delivery';
import { ThankYou } from './pages/thank-you';
import { graph } from './sandbox';
import { connect } from './shopper';
import './shop.css';

const parameters = new URLSearchParams(location.search);
const shopper = parameters.get('shopper') ?? 'customer';

const pages: readonly { readonly title: string; readonly to: Readonly<Record<string, string>> }[] = [
  { title: 'Deliveries', to: {} },
  { title: 'Offer', to: { account: 'sc', order: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a01' } },
  {
    title: 'As a guest',
    to: { account: 'sc', order: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a11', shopper: 'guest' },
  },
  {
    title: 'Checkout',
    to: { account: 'centra-se', checkout: 'eae5dacd6646b912cf0236bb31602b22', shopper: 'guest' },
  },
];

function address(to: Readonly<Record<string, string>>): string {
  const graphs = parameters.get('graph');
  return `?${new URLSearchParams({ ...to, ...(graphs && { graph: graphs }) })}`;
}

async function openShop() {
  const [clients, catalogue] = await Promise.all([connect(shopper), loadCatalogue()]);
  return { ...clients, catalogue };
}

function Shop() {
  const [shop, setShop] = useState<Awaited<ReturnType<typeof openShop>> | null>(null);
  useEffect(() => void openShop().then(setShop), []);
  const account = parameters.get('account');
  return (
    <>
      <a className="skip" href="#main">
        Skip to the orders
      </a>
      <header className="top">
        <span className="logo">Field &amp; Roast</span>
        <nav aria-label="Pages">
          {pages.map(({ title, to }) => (
            <a
              key={title}
              href={address(to)}
              aria-current={(location.search || '?') === address(to) ? 'page' : undefined}
            >
              {title}
            </a>
          ))}
        </nav>
      </header>
      <main id="main">
        {shop && (
          <Provider value={shop.urql}>
            <UpsellProvider client={shop.upsell}>
              <CatalogueContext value={shop.catalogue}>
                {account === null ? (
                  <NextDelivery />
                ) : (
                  <ThankYou account={account} order={parameters.get('order')} checkout={parameters.get('checkout')} />
                )}
              </CatalogueContext>
            </UpsellProvider>
          </Provider>
        )}
      </main>
      <footer>
        A made-up shop over the <a href={`${graph}/sandbox`}>sandbox</a>: nothing is bought.
      </footer>
    </>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Shop />
    </StrictMode>,
  );
}
