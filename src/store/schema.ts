/**
 * One entry per version; `user_version` counts those that were applied. An entry that was released is never edited.
 *
 * What a row of audit_events says of its line is derived from the line, so that it cannot say anything else; AUTOINCREMENT
 * remembers the newest entry even when rows are deleted.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    command    TEXT NOT NULL, -- JSON
    cwd        TEXT NOT NULL,
    pid        INTEGER NOT NULL,
    channel    TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    exit_code  INTEGER,
    paused_at   INTEGER, -- NULL: it asks
    muted_until INTEGER  -- NULL: it was never muted
  ) STRICT;

  CREATE TABLE prompts (
    id            TEXT PRIMARY KEY,
    session_id    TEXT NOT NULL REFERENCES sessions (id),
    detection     TEXT NOT NULL, -- JSON
    opened_at     INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    status        TEXT NOT NULL DEFAULT 'open',
    why           TEXT,
    closed_at     INTEGER,
    decided_at    INTEGER,
    decision_seq  INTEGER, -- the audit entry of the decision
    answer_choice INTEGER,
    answer_text   TEXT,    -- until it was typed
    answer_salt   TEXT,    -- of the text's hash in the audit entry
    label         TEXT,
    by_channel    TEXT,
    by_id         TEXT,
    by_name       TEXT,
    nonce         TEXT,    -- of the button that was pressed
    recipient     TEXT
  ) STRICT;
  CREATE UNIQUE INDEX prompt_open ON prompts (session_id) WHERE status = 'open';
  CREATE INDEX prompt_session ON prompts (session_id, opened_at);
  CREATE INDEX prompt_opened ON prompts (opened_at);

  CREATE TABLE nonces (
    prompt_id TEXT NOT NULL REFERENCES prompts (id),
    slot      TEXT NOT NULL, -- the index of a choice, or 'text'
    recipient TEXT NOT NULL,
    hash      TEXT NOT NULL,
    PRIMARY KEY (prompt_id, slot, recipient)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE messages (
    recipient TEXT NOT NULL,
    id        TEXT NOT NULL,
    prompt_id TEXT NOT NULL REFERENCES prompts (id),
    PRIMARY KEY (recipient, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX message_prompt ON messages (prompt_id);

  CREATE TABLE audit_events (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    end  INTEGER NOT NULL, -- the file's size after the line
    line TEXT NOT NULL,
    hash TEXT NOT NULL AS (substr(line, -66, 64)) VIRTUAL,
    type TEXT NOT NULL AS (line ->> '$.type') VIRTUAL,
    ts   TEXT NOT NULL AS (line ->> '$.ts') VIRTUAL,
    sid  TEXT AS (line ->> '$.sid') VIRTUAL
  ) STRICT;

  CREATE TABLE witnesses (
    source TEXT NOT NULL, -- 'telegram:<chat>', 'journal', …
    seq    INTEGER NOT NULL,
    hash   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (source, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE orders (
    id         TEXT PRIMARY KEY,
    session_id TEXT, -- NULL: the person has yet to say which
    verb       TEXT NOT NULL,
    argument   TEXT NOT NULL, -- until it was taken
    recipient  TEXT NOT NULL,
    by_channel TEXT NOT NULL,
    by_id      TEXT NOT NULL,
    by_name    TEXT NOT NULL,
    message_id TEXT,
    at         INTEGER NOT NULL,
    taken_at   INTEGER
  ) STRICT;
  CREATE INDEX order_waiting ON orders (session_id) WHERE taken_at IS NULL;

  CREATE TABLE notes ( -- messages that are about a session, and show no prompt
    recipient  TEXT NOT NULL,
    id         TEXT NOT NULL,
    session_id TEXT NOT NULL,
    PRIMARY KEY (recipient, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE leases (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL, -- a session
    at     INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE polls (
    channel     TEXT PRIMARY KEY,
    next_offset INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // What every tap looks for, however long the history is.
  `
  CREATE INDEX session_running ON sessions (started_at) WHERE ended_at IS NULL;
  CREATE INDEX prompt_answered ON prompts (session_id, decided_at);
  CREATE INDEX prompt_typing ON prompts (session_id, decision_seq) WHERE status IN ('decided', 'injecting');
  `,
];
