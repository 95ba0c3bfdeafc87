import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const client = (path: string) => fileURLToPath(new URL(`../../packages/client/src/${path}`, import.meta.url));

/** A shop installs `upsell-graph-client`; here it stands beside, and is compiled with the page. */
export default defineConfig({
  plugins: [react()],
  resolve: {
    dedupe: ['react'],
    alias: [
      { find: 'upsell-graph-client/react', replacement: client('react.ts') },
      { find: 'upsell-graph-client/sse', replacement: client('sse.ts') },
      { find: 'upsell-graph-client/urql', replacement: client('adapters/urql.ts') },
      { find: /^upsell-graph-client$/, replacement: client('index.ts') },
    ],
  },
  server: { port: 5173, strictPort: true },
  preview: { port: 5173, strictPort: true },
});
