/** Bounds that the gateway sets for what is written in a project. */
export const NAME_LENGTH = 200;
export const DESCRIPTION_LENGTH = 2000;
export const MOST_TERMS = 200;
export const TERM_LENGTH = 100;
export const MOST_PAIRS = 1000;
export const PAIR_LENGTH = 200;
export const MOST_SPEAKERS = 50;
export const MOST_LANGUAGES = 20;
export const MOST_DAYS = 36_500;
