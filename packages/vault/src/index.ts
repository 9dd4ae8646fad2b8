export { type ApartSealer, apartHead, apartSealer, rewrapApart } from './apart.ts';
export {
  FRESH_MS,
  type MasterKeys,
  masterKeysIn,
  passingMasterKeys,
  type WrappedKey,
} from './master-keys.ts';
export { normalPhone } from './phone.ts';
export { checkSuite, type Suite } from './seal.ts';
export {
  type Erased,
  type Field,
  type Look,
  openVault,
  type Purpose,
  type Reading,
  type Sealed,
  type Vault,
  type VaultOptions,
} from './vault.ts';
