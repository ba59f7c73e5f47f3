// The public entry of settings.
export { SETTINGS_ERRORS, SettingsError, type SettingsErrorCode } from './errors';
export { placeOf, resolveSettings, type Given, type ResolvedSettings, type Source } from './resolve';
export type { Settings } from './schema';
export { DEFAULTS, SETTING_NAMES, SETTING_ROWS, type SettingName, type SettingRow } from './table';
