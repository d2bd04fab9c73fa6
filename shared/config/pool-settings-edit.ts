/** As typed by the user, and checked by the schema; null takes it out of the file, so that its default holds. */
export type SettingInput = string | number | null;

/** Settings by their names; those that are not named stay as they are written. */
export type SettingsChange = Readonly<Record<string, SettingInput>>;

/** What becomes different in a pool, beside its servers, its policy and its check. */
export interface PoolSettingsChange {
  readonly slowStart?: SettingInput | undefined;
  readonly holdFor?: SettingInput | undefined;
  readonly whenAllDown?: SettingInput | undefined;
  readonly retries?: SettingsChange | undefined;
  readonly queue?: SettingsChange | undefined;
  readonly timeouts?: SettingsChange | undefined;
  /** Traffic is watched for failures from then on, with no setting of its own as well; null ends that. */
  readonly outliers?: SettingsChange | null | undefined;
}

export interface PoolSettingsEdit {
  readonly kind: 'set-pool-settings';
  readonly pool: string;
  readonly settings: PoolSettingsChange;
}
