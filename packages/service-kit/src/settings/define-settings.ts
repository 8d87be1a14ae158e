import { Inject } from '@nestjs/common';

/** The token of the service's settings. */
export const SETTINGS = Symbol('settings');

/** Injects the service's settings, already checked: `constructor(@InjectSettings() settings: Settings)`. */
export const InjectSettings = () => Inject(SETTINGS);
