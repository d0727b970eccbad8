/** As the gateway has it (NewPassword): ten characters or more, nothing else is asked of a password. */
export const SHORTEST_PASSWORD = 10;
