import type { OutboundRequest, Transport } from '../../src/domain/transport.js';
import type { PersonalData } from './personal-data.js';

/** In an answer of the emulator: here the provider repeats all it was sent and all it knows of the shopper. */
export const ECHO = '%ECHO%';

/** By what the emulator knows it as: what the server under test is given instead. */
export type Swaps = readonly (readonly [real: string, marked: string])[];

/** Stands between server and emulator: the server never learns a credential or a person that is not marked. */
export function plantingTransport(send: Transport, personal: PersonalData, swaps: Swaps): Transport {
  const toReal = (text: string) => swaps.reduce((swapped, [real, marked]) => swapped.replaceAll(marked, real), text);
  const toMarked = (text: string) => swaps.reduce((swapped, [real, marked]) => swapped.replaceAll(real, marked), text);
  return async (request) => {
    const { headers, url, body } = request;
    const answer = await send({
      ...request,
      url: toReal(url),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, toReal(value)])),
      ...(body !== undefined && { body: toReal(body) }),
    });
    const text = planted(toMarked(answer.text), personal);
    const echo = JSON.stringify(echoOf(request, personal)).slice(1, -1);
    return {
      ...answer,
      text: text.replaceAll(ECHO, () => echo),
      headers: { ...answer.headers, 'x-debug': echoOf(request, personal) },
    };
  };
}

function planted(text: string, personal: PersonalData): string {
  try {
    return JSON.stringify(personal.plantIn(JSON.parse(text)));
  } catch {
    return text;
  }
}

function echoOf({ method, url, headers, body }: OutboundRequest, personal: PersonalData): string {
  return `${method} ${url} ${JSON.stringify(headers)} ${body ?? ''} ${personal.planted.join(' ')}`;
}
