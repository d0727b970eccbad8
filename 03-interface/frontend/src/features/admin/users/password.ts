/** A password to begin with: nobody has to think of one, and it can be read out over a telephone. */

const CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** Four groups of five, 99 bits; without what looks alike. */
export function newPassword(): string {
  const groups = Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => CHARACTERS[below(CHARACTERS.length)]).join(""),
  );
  return groups.join("-");
}

/** A random number, each as likely as any other. */
function below(count: number): number {
  const whole = Math.floor(256 / count) * count;
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
  return byte < whole ? byte % count : below(count);
}
