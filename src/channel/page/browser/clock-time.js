/**
 * Hours and minutes as the person's country writes them.
 *
 * @param {number} at epoch milliseconds
 */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
