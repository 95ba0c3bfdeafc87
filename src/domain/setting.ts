/** What the configuration reference says about a setting. */
export interface SettingText {
  readonly text: string;
  /** Default value, where the class itself has none. */
  readonly default?: string | number | boolean;
}

const texts = new WeakMap<object, Map<string, SettingText>>();

/** Describes a setting for the configuration reference and for editors. */
export function Setting(text: string, more: Omit<SettingText, 'text'> = {}): PropertyDecorator {
  return (target, property) => {
    const own = texts.get(target) ?? new Map<string, SettingText>();
    own.set(String(property), { text, ...more });
    texts.set(target, own);
  };
}

/** Returns the description of a setting of a class or of one it extends; null without one. */
export function describedSetting(section: { readonly prototype: object }, property: string): SettingText | null {
  for (let owner: object | null = section.prototype; owner !== null; owner = Reflect.getPrototypeOf(owner)) {
    const text = texts.get(owner)?.get(property);
    if (text) return text;
  }
  return null;
}
