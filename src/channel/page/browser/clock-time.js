/**
 * Hours and minutes as the person's country writes them, behind the day if that is not today.
 *
 * @param {number} at epoch milliseconds
 */
export function clockTime(at) {
  const when = new Date(at);
  const day = when.toDateString() === new Date().toDateString() ? "" : `${when.toLocaleDateString([], { day: "numeric", month: "short" })}, `;
  return day + when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
