/**
 * What reads and documented answers prove about the order, not what is likely.
 * NOT_SENT: nothing left this process. UNCHANGED: seen complete and equal afterwards. PARTLY_CHANGED: a part is in force.
 * RESTORED: put back, and seen so. UNKNOWN: not proven yet.
 */
export type KnownEffect = 'NOT_SENT' | 'UNCHANGED' | 'PARTLY_CHANGED' | 'CHANGED' | 'RESTORED' | 'UNKNOWN';
