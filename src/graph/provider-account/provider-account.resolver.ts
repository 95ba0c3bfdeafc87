import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Account, ProviderKey } from '../../domain/account.js';
import type { Capability } from '../../domain/capability.js';
import type { GraphContext } from '../context.js';
import { Sized } from '../cost.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { CapabilityType } from './capability.type.js';
import { ProviderAccountType, providerKeyEnum } from './provider-account.type.js';

@Resolver(() => ProviderAccountType)
export class ProviderAccountResolver {
  @Query(() => [ProviderAccountType], { description: 'The connected provider accounts and what they can do.' })
  accounts(
    @Arg('provider', () => providerKeyEnum.type, { nullable: true, description: 'Only accounts at this provider.' })
    provider: ProviderKey | null | undefined,
    @Ctx() { actor, accounts }: GraphContext,
  ): readonly Account[] {
    assertMayRead(actor);
    const all = [...accounts.values()].map(({ account }) => account);
    return provider ? all.filter((account) => account.provider === provider) : all;
  }

  @Sized(16)
  @FieldResolver(() => [CapabilityType], { description: 'What it can do: its column of the capability matrix.' })
  capabilities(@Root() { key }: Account, @Ctx() { accounts }: GraphContext): readonly Capability[] {
    return accounts.get(key)?.capabilities ?? [];
  }
}
