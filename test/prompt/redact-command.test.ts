import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { redactCommand } from "../../src/prompt/redact-command.ts";
import { shellCommands } from "../../src/prompt/shell-words.ts";

/** Each holds the secret "hunter2" at least once, in words that are parted by " ␣ " where a blank stands within one. */
const leaking = [
  "app --password hunter2", "app --password=hunter2", "app -password hunter2", "app --db-password hunter2", "app --dbPassword hunter2", "app --passwd hunter2", "app --pass hunter2",
  "app --token hunter2", "app --api-key hunter2", "app --apiKey=hunter2", "app --client-secret hunter2", "app --auth_token hunter2", "app --passphrase hunter2", "app --secret hunter2",
  "app -p hunter2", "./deploy.sh -p hunter2", "python3 tool.py -p hunter2", "sshpass -p hunter2 ssh host", "sshpass -phunter2 ssh host", "sudo -u db mysql -u root -phunter2 app", "/usr/bin/mysqldump -phunter2",
  "docker exec db mysql -phunter2", "docker login -u ada -p hunter2 registry.example", "helm registry login -p hunter2", "mongosh -u ada -p hunter2", "redis-cli -a hunter2", "7z x -phunter2 a.7z", "unzip -P hunter2 a.zip",
  "ldapsearch -D cn=ada -w hunter2", "smbclient //host/share -U ada%hunter2", "lftp -u ada,hunter2 host", "plink -pw hunter2 host", "openssl enc -k hunter2", "openssl rsa -passin pass:hunter2",
  "PGPASSWORD=hunter2 psql", "env MYSQL_PWD=hunter2 mysql", "env GITHUB_TOKEN=hunter2 make", "env AWS_SECRET_ACCESS_KEY=hunter2 aws s3 ls",
  "curl -u ada:hunter2 https://host", "curl -sSLu ada:hunter2 https://host", "bash -c curl␣-su␣ada:hunter2␣https://host", "curl -uada:hunter2 https://host", "curl --user ada:hunter2 https://host", "curl --proxy-user ada:hunter2 https://host", "http -a ada:hunter2 host",
  "curl https://ada:hunter2@host/", "psql postgres://ada:hunter2@db/app", "curl https://host/?a=1&token=hunter2&b=2", "git clone https://hunter2hunter2hunter2@host/repo",
  "curl -H Authorization:␣Bearer␣hunter2 https://host", "curl -H Authorization:␣hunter2 https://host", "curl -H X-Api-Key:␣hunter2 https://host", "http host Authorization:Bearer␣hunter2", "curl -H Cookie:␣sid=hunter2 https://host", "curl -b sid=hunter2 https://host",
  'curl -d {"user":"ada","password":"hunter2"} https://host', "kubectl create secret generic db --from-literal=password=hunter2", "mount -o user=ada,password=hunter2 //h/s /mnt", "psql host=db␣password=hunter2␣user=ada",
  "aws configure set aws_secret_access_key hunter2", "npm config set //registry.example/:_authToken hunter2", "nmcli dev wifi connect home password hunter2",
  "bash -c mysql␣-phunter2␣app", "sh -lc cd␣/srv␣&&␣./app␣--password␣'hunter2'", "ssh host mysql␣-phunter2", "bash -c PGPASSWORD=hunter2␣psql;␣echo␣done", 'bash -c bash␣-c␣"app␣--token␣hunter2"', "su -c app␣--password␣hunter2 ada",
];

/** Words that are no secrets, though some look like them. */
const innocent = [
  "ssh -p 2222 host", "mkdir -p src/app2", "docker run -p 8080:80 app", "cargo test -p sha2", "npx -p node2go tool", "claude -p explain2", "claude explain␣the␣--password␣option", "git commit -m auth:␣fix␣login", "git commit -m Token:␣rename␣it",
  "app --password-file /run/pw", "app --password-stdin", "app --no-password now", "app --ask-pass host2", "app --max-tokens 1000", "app --tokenizer bpe2", "app --secret-name db2", "app --token-ttl 30m", "app --keyfile a.pem",
  "app --private-key ~/.ssh/id_ed25519", "app --api-key file.json", "app --password --verbose", "app --token $TOKEN", "app --password env:PW", "app --password=@pw.txt", "docker build --secret id=npm,src=rc", "openssl rsa -passin env:PW", "ffmpeg -i a -pass 2 b",
  "grep password config.toml", "vim -p notes2 notes3", "env PWD=/srv OLDPWD=/tmp app", "git log -p main2", "curl -u ada https://host", "curl https://host/a@b", "docker run --user 1000:1000 app", "gh auth login -p https", "bypass --compass north2", "pytest -p no:cacheprovider",
  "bash -c read␣-p␣'Password:␣'␣x", "python3 -c import␣getpass;␣getpass.getpass('Password:␣')", "app --pin-memory 4x", "gh auth status --show-token abc", "make token=", "app password reset",
];

const wordsOf = (line: string): string[] => line.split(" ").map((word) => word.replaceAll("␣", " "));

test("a secret among the words of a command is found by what stands before it, and the rest stays", () => {
  for (const line of leaking) {
    const shown = redactCommand(wordsOf(line));
    assert.equal(shown.length, wordsOf(line).length, line);
    assert.doesNotMatch(shown.join(" "), /hunter2/, line);
    assert.match(shown.join(" "), /‹redacted/, line);
    assert.equal(shown[0]?.replace(/‹.*/, ""), wordsOf(line)[0]?.slice(0, shown[0]?.replace(/‹.*/, "").length), line);
  }
});

test("what is around it can be read", () => {
  for (const [line, expected] of [
    ["mysql -u root -phunter2 app", "mysql -u root -p‹redacted argument› app"],
    ["curl -u ada:hunter2 https://host", "curl -u ada:‹redacted argument› https://host"],
    ["bash -c cd␣/srv␣&&␣app␣--password␣'hunter2'␣--now", "bash -c cd /srv && app --password '‹redacted argument›' --now"],
    ["curl -H Authorization:␣Bearer␣hunter2 host", "curl -H Authorization: Bearer ‹redacted argument› host"],
    ["bash -lc PGPASSWORD=hunter2␣psql␣-h␣x", "bash -lc PGPASSWORD=‹redacted argument› psql -h x"],
    ["mount -o user=ada,password=hunter2,ro //h/s", "mount -o user=ada,password=‹redacted argument›,ro //h/s"],
  ] as const) assert.equal(redactCommand(wordsOf(line)).join(" "), expected);
});

test("words that are no secrets stay as they are", () => {
  for (const line of innocent) assert.deepEqual(redactCommand(wordsOf(line)), wordsOf(line), line);
});

test("what was redacted is not redacted again", () => {
  for (const line of leaking) {
    const once = redactCommand(wordsOf(line));
    assert.deepEqual(redactCommand(once), once, line);
  }
});

test("whatever the words are, there are as many afterwards", () => {
  const word = fc.oneof(fc.string(), fc.constantFrom("--password", "-p", "mysql", "bash", "-c", "curl", "-u", "a=b", "token=x", "'", '"', ";"));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      assert.equal(redactCommand(words).length, words.length);
    }),
  );
});

test("a shell's words stand where they are said to", () => {
  const script = `cd /srv && A=1 app --x 'a b' "c d" e\\ f; (g 'h`;
  for (const word of shellCommands(script).flat()) assert.equal(script.slice(word.at, word.at + word.text.length), word.text);
  assert.deepEqual(shellCommands(script).map((words) => words.map(({ text }) => text)).filter((words) => words.length > 0), [["cd", "/srv"], ["A=1", "app", "--x", "a b", "c d", "e\\ f"], ["g", "'h"]]);
});
