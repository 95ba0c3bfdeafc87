import { Directive, Field, ObjectType } from 'type-graphql';
import type { Account, ProviderEnvironment } from '../../domain/account.js';
import { defineEnum, defineOpenEnum } from '../enum-type.js';
import { NodeType } from '../node/node.type.js';
import { CurrencyCode } from '../scalars.js';

/** Its members are the providers a schema is built for. */
export const providerKeyEnum = defineOpenEnum('Provider', 'A commerce platform this graph speaks to.');

export const ProviderEnvironmentEnum = defineEnum<ProviderEnvironment>(
  'ProviderEnvironment',
  'Whether orders of an account are real.',
  {
    LIVE: 'Real orders and real payments.',
    TEST: "The provider's test or staging environment.",
    EMULATOR: 'The local twin shipped with this project.',
  },
);

@Directive('@key(fields: "id")')
@ObjectType('ProviderAccount', {
  description: 'One account at one provider.',
  implements: NodeType,
  simpleResolvers: true,
})
export class ProviderAccountType
  extends NodeType
  implements Pick<Account, 'key' | 'provider' | 'label' | 'environment' | 'timeZone' | 'currency'>
{
  @Field(() => String, { description: "The operator's key for it in the configuration, e.g. `og-us`." })
  readonly key!: Account['key'];

  @Field(() => providerKeyEnum.type, { description: 'The platform the account is at.' })
  readonly provider!: Account['provider'];

  @Field(() => String, { description: "The operator's name for it, for people." })
  readonly label!: Account['label'];

  @Field(() => ProviderEnvironmentEnum, { description: 'Whether its orders are real.' })
  readonly environment!: Account['environment'];

  @Field(() => String, { nullable: true, description: "IANA zone of the account's local times, when one is known." })
  readonly timeZone!: Account['timeZone'];

  @Field(() => CurrencyCode, { nullable: true, description: 'Currency of amounts the provider sends without one.' })
  readonly currency!: Account['currency'];
}
