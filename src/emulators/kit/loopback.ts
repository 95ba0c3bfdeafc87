/** Origins of pages served by this machine: those of a storefront under development. */
export const LOOPBACK_ORIGIN = /^https?:\/\/(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/u;

/** Returns the address when it is on this machine, else null: an emulator never talks to anything beyond. */
export function loopbackUrl(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLoopback = url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(url.hostname);
  return isLoopback && url.protocol === 'http:' ? url.href : null;
}
