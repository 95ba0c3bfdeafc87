import { jwtVerify, SignJWT } from 'jose';
import { emulators } from '../../dist/emulators/index.js';

/** What the services of this shop agree on. A real one has an identity provider instead of a secret in a file. */
export const auth = {
  secret: 'every service of the example knows it',
  issuer: 'https://login.shop.example',
  audience: 'shop',
};

const key = new TextEncoder().encode(auth.secret);

/** The one shopper there is; `accounts` says who she is at each of the shop's provider accounts. */
export const dana = {
  sub: 'dana',
  name: 'Dana Field',
  email: 'dana.field@example.com',
  loyaltyPoints: 1250,
  accounts: Object.fromEntries(
    Object.values(emulators).map((emulator) => {
      const { account, shopper } = emulator.sandbox('');
      return [account.key, shopper.customerId];
    }),
  ),
};

export function shopperToken({ sub, accounts }) {
  return sign({ sub, kind: 'customer', scope: 'upsell:read upsell:write', customers: accounts });
}

export function serviceToken(sub) {
  return sign({ sub, kind: 'service', scope: 'upsell:read' });
}

function sign(claims) {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(auth.issuer)
    .setAudience(auth.audience)
    .setExpirationTime('12h')
    .sign(key);
}

/** The subject of a bearer token; null when there is no token, or none of this shop. */
export async function subjectOf(authorization = '') {
  try {
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), key, {
      issuer: auth.issuer,
      audience: auth.audience,
      algorithms: ['HS256'],
    });
    return payload.sub ?? null;
  } catch {
    return null;
  }
}
