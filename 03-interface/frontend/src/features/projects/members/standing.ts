/** What may be done to a member, by the rules that the gateway keeps. */
import type { Member } from "../data/members";
import type { Role } from "../data/project";

export const ROLES: readonly Role[] = ["owner", "editor", "viewer"];

/** Whether the project would be left to nobody who could manage it. */
export function isLastOwner(members: readonly Member[], id: string): boolean {
  const owners = members.filter(({ role }) => role === "owner");
  const others = owners.filter(
    (owner) => owner.user_id !== id && owner.active && owner.instance_role !== "viewer",
  );
  return owners.some((owner) => owner.user_id === id) && others.length === 0;
}

/** The roles that the member's account can have: one that only reads can only be a viewer. */
export function possibleRoles(member: Member): readonly Role[] {
  return member.instance_role === "viewer"
    ? ROLES.filter((role) => role === "viewer" || role === member.role)
    : ROLES;
}
