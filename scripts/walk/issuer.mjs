import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const AUDIENCE = 'https://upsell.walk.example';

/** A stand-in for Auth0: publishes its keys, and issues tokens of the shape that its template in docs/logins.md reads. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }];
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    settings: {
      jwksUrl: `${url}/.well-known/jwks.json`,
      issuer: `${url}/`,
      audience: AUDIENCE,
      claims: {
        kind: { from: 'gty', values: { 'client-credentials': 'service' }, otherwise: 'customer' },
        scopes: { from: 'permissions' },
        customers: 'https://walk.example/customers',
      },
    },
    token: (customers) =>
      new SignJWT({
        permissions: ['upsell:read', 'upsell:write'],
        scope: 'openid profile',
        'https://walk.example/customers': customers,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(`${url}/`)
        .setAudience([AUDIENCE, `${url}/userinfo`])
        .setSubject('auth0|walker')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    close: () => server.close(),
  };
}
