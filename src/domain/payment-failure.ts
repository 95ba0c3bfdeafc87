/** Why a payment failed, as far as the provider says. */
export type PaymentFailureReason =
  'DECLINED' | 'INCREASE_REFUSED' | 'CONFIRMATION_NEEDED' | 'METHOD_NOT_SUPPORTED' | 'UNKNOWN';
