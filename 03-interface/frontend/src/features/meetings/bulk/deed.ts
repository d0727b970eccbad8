/** What the list can be asked to do to meetings; some ask for more first. */
export type Deed = "retry" | "cancel" | "tag" | "move" | "delete";
