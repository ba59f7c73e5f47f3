// The public entry of the development home; what opens a platform is loaded when asked for, see open-platform.
export * from './home';
export { HOME_ERRORS, HomeError, type HomeErrorCode } from './home-error';
export { keysWith, type HomeKeys, type OrganisationKeys } from './home-keys';
export { foundConsortium, readConsortium, type Consortium } from './organisations';
