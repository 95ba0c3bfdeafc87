/** What Vite adds, declared here: its own types would make this folder unreadable before its packages are installed. */
interface ImportMeta {
  readonly env: { readonly VITE_GRAPH?: string };
}

declare module '*.css';
