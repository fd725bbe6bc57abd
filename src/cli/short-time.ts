/** "11-21 13:05:09", in the person's own time zone. */
export function shortTime(at: number): string {
  const when = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(when.getMonth() + 1)}-${two(when.getDate())} ${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;
}
