/** What a schema library leaves to do: its records have the provider's names. */
export const toOrder = (order) => ({
  publicId: order.public_id,
  customer: order.customer,
  payment: order.payment,
  shippingAddress: order.shipping_address,
  status: order.status,
  locked: order.locked,
  place: order.place,
  currencyCode: order.currency_code,
  subTotal: order.sub_total,
  discountTotal: order.discount_total,
  taxTotal: order.tax_total,
  shippingTotal: order.shipping_total,
  total: order.total,
  mergedInto: order.extra_data?.merged_order_id ?? null,
});

export const toItem = (item) => ({
  publicId: item.public_id,
  order: item.order,
  product: item.product,
  subscription: item.subscription,
  quantity: item.quantity,
  price: item.price,
  totalPrice: item.total_price,
  oneTime: item.one_time,
});

export const toSubscription = (subscription) => ({
  publicId: subscription.public_id,
  customer: subscription.customer,
  product: subscription.product,
  quantity: subscription.quantity,
  price: subscription.price,
  currencyCode: subscription.currency_code,
  every: subscription.every,
  everyPeriod: subscription.every_period,
  startDate: subscription.start_date,
  live: subscription.live,
  cancelled: subscription.cancelled,
  prepaidOrdersRemaining: subscription.prepaid_subscription_context?.prepaid_orders_remaining ?? null,
});
