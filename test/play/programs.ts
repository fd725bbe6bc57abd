/** A program that says, or shows by what it did, which of its choices it took. */
export interface Played {
  readonly title: string;
  /** Commands without which it cannot be played. */
  readonly needs: readonly string[];
  /** What bash prepares in an empty folder. */
  readonly setup?: string;
  /** What bash runs there. */
  readonly script: string;
  /** Answers to the questions before the one that is played. */
  readonly before?: readonly string[];
  /** By label: what the terminal shows once that choice was taken. */
  readonly took: Readonly<Record<string, RegExp>>;
}

const repository = "git init -q . && git config user.email a@b.c && git config user.name demo";
const exists = "[ -e a ] && echo 'it is there' || echo 'it is gone'";

export const programs: readonly Played[] = [
  {
    title: "bash select",
    needs: ["bash"],
    script: `PS3='Which fruit? '; select f in apple 'blood orange' quit; do echo "took <$f>"; break; done`,
    took: { apple: /took <apple>/, "blood orange": /took <blood orange>/, quit: /took <quit>/ },
  },
  {
    title: "bash select, asked again",
    needs: ["bash"],
    script: `PS3='Which fruit? '; select f in apple pear; do echo "took <$f>"; [ -n "$f" ] && break; done`,
    before: ["9\r"],
    took: { apple: /took <apple>/, pear: /took <pear>/ },
  },
  { title: "read", needs: ["bash"], script: `read -p 'Go on? [y/N] ' x; echo "took <$x>"`, took: { Yes: /took <y>/, No: /took <n>/ } },
  { title: "read -n 1", needs: ["bash"], script: `read -n 1 -p 'Go on? [y/N] ' x; echo " took <$x>"; read x`, took: { Yes: /took <y>/, No: /took <n>/ } },
  // It shows the key and waits for Enter, as TTY::Prompt does.
  { title: "a key that is only written", needs: ["bash"], script: `read -rn 1 -p 'Go on? (Y/n) ' x; read -rsn 1; echo " took <$x>"`, took: { No: /took <n>/ } },
  { title: "German", needs: ["bash"], script: `read -p 'Fortfahren? [J/n] ' x; echo "took <$x>"`, took: { Ja: /took <j>/, Nein: /took <n>/ } },
  { title: "keys with words", needs: ["bash"], script: `read -p 'Apply this? [y,n,q,a,?] ' x; echo "took <$x>"`, took: { Yes: /took <y>/, No: /took <n>/, Quit: /took <q>/, All: /took <a>/, Help: /took <\?>/ } },
  { title: "words", needs: ["bash"], script: `read -p 'Which stage? [dev/staging/prod] ' x; echo "took <$x>"`, took: { dev: /took <dev>/, staging: /took <staging>/, prod: /took <prod>/ } },
  { title: "a preset that readline put in the line", needs: ["bash"], script: `echo '  1. Dialog  2. Readline'; read -e -i 1 -p 'Interface to use: ' x; echo "took <$x>"`, took: { Dialog: /took <1>/, Readline: /took <2>/ } },
  { title: "python's input()", needs: ["python3"], script: `python3 -c "print('took <%s>' % input('1) npm\\n2) yarn\\nSelect [1-2]: '))"`, took: { npm: /took <1>/, yarn: /took <2>/ } },
  { title: "rm -i", needs: ["rm"], setup: "echo x > a", script: `rm -i a; ${exists}`, took: { Yes: /it is gone/, No: /it is there/ } },
  { title: "mv -i", needs: ["mv"], setup: "echo x > a; echo y > b", script: `mv -i a b; ${exists}`, took: { Yes: /it is gone/, No: /it is there/ } },
  { title: "find -ok", needs: ["find"], setup: "echo x > a", script: `find . -name a -ok rm {} ';'; ${exists}`, took: { Yes: /it is gone/, No: /it is there/ } },
  {
    title: "git clean -i",
    needs: ["git"],
    setup: `${repository}; touch a`,
    script: `git clean -i; ${exists}`,
    took: { clean: /it is gone/, "filter by pattern": /ignore patterns/, "select by numbers": /Select items/, "ask each": /Remove a/, quit: /it is there/, help: /this screen/ },
  },
  {
    title: "git add -p",
    needs: ["git"],
    setup: `${repository}; seq 9 > a; git add a; git commit -qm one; echo more >> a`,
    script: "git add -p; echo staged: $(git diff --cached --name-only)!",
    took: {
      "Stage this hunk": /staged: a!/,
      "Do not stage this hunk": /staged: !/,
      Quit: /staged: !/,
      "Stage all the later hunks in the file": /staged: a!/,
      "Don't stage any of the later hunks in the file": /staged: !/,
      Edit: /Manual hunk edit|patch/,
      Help: /manually edit/,
    },
  },
  { title: "ssh-keygen onto a key", needs: ["ssh-keygen"], setup: "ssh-keygen -q -t ed25519 -N '' -f k", script: "ssh-keygen -t ed25519 -f k; echo over", took: { Yes: /Enter passphrase/, No: /(?<!passphrase[^]*)over/ } },
  {
    title: "unzip",
    needs: ["zip", "unzip"],
    setup: "echo old > a; zip -q z.zip a; echo new > a",
    script: "unzip z.zip; echo it is $(cat a)!",
    took: { yes: /it is old!/, no: /it is new!/, All: /it is old!/, None: /it is new!/, rename: /new name:/ },
  },
  {
    title: "whiptail --yesno",
    needs: ["whiptail"],
    script: "whiptail --yesno 'Drop the table?' 8 40; echo took $?",
    took: { Yes: /took 0/, No: /took 1/ },
  },
  {
    title: "whiptail --menu",
    needs: ["whiptail"],
    script: `x=$(whiptail --menu 'Choose a mirror' 12 40 3 one first two second three third 3>&1 1>&2 2>&3); echo "took <$x>"`,
    took: { "one first": /took <one>/, "two second": /took <two>/, "three third": /took <three>/, Cancel: /took <>/ },
  },
  { title: "dialog --yesno", needs: ["dialog"], script: "dialog --yesno 'Drop the table?' 8 40; echo took $?", took: { Yes: /took 0/, No: /took 1/ } },
  {
    title: "dialog --menu",
    needs: ["dialog"],
    script: `x=$(dialog --stdout --menu 'Choose a mirror' 12 40 3 one first two second three third); echo "took <$x>"`,
    took: { "one first": /took <one>/, "two second": /took <two>/, "three third": /took <three>/, Cancel: /took <>/ },
  },
  { title: "gdb's quit", needs: ["gdb"], script: "gdb -q -nx --args sleep 9; echo over", before: ["starti\r", "quit\r"], took: { Yes: /over/, No: /Not confirmed/ } },
  { title: "fzf", needs: ["fzf"], script: `x=$(printf 'one\\ntwo\\nthree\\n' | fzf); echo "took <$x>"`, took: { one: /took <one>/, two: /took <two>/, three: /took <three>/ } },
];
