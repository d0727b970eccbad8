/** Looking for somebody among the accounts. */
import type { User } from "../data/users";

/** Those whose name or address has every word that was typed, whatever its case and accents. */
export function found(users: readonly User[], looked: string): User[] {
  const words = plain(looked).split(/\s+/).filter(Boolean);
  return users.filter(({ name, email }) => {
    const whole = plain(`${name} ${email}`);
    return words.every((word) => whole.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
