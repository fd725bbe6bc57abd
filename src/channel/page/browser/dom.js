/**
 * Makes an element. Whatever comes from outside is a child or a property, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<Omit<HTMLElementTagNameMap[Name], "style">>} properties
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/**
 * An element that index.html holds.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
}

/**
 * Text of the child, with what visible() had to spell marked as such.
 *
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function marked(text) {
  const pieces = text.split(/(‹U\+[0-9A-F]{4,6}›)/);
  return pieces.map((piece, index) => (index % 2 === 1 ? element("mark", { title: "a character that hides, or passes for another" }, piece) : piece));
}
