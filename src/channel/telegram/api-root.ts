/**
 * Checks the address of the Bot API: https, or http on loopback; no user, query or fragment.
 *
 * @returns the root with a slash at its end
 * @throws TypeError whose message can be shown
 */
export function parseApiRoot(root: string): URL {
  if (!URL.canParse(root)) throw new TypeError("telegram.api_root is not an address");
  const url = new URL(root);
  const isLoopback = url.hostname === "localhost" || url.hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) throw new TypeError("telegram.api_root must be https, or http on loopback");
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") throw new TypeError("telegram.api_root must not hold a user, query or fragment");
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}
