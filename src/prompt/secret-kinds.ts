/** A form of secret that is known by how it looks. */
export interface SecretKind {
  readonly name: string;
  /** Global. A first group is what stands before the secret and stays. Every repetition is bounded, so that matching is linear. */
  readonly form: RegExp;
}

const kind = (name: string, form: RegExp): SecretKind => ({ name, form });

/** Not in the middle of a longer word. */
const start = "(?<![A-Za-z0-9_])";
const prefixed = (name: string, form: string): SecretKind => kind(name, new RegExp(start + form, "g"));

/**
 * Prefixes and lengths as the issuers document them and as gitleaks' rules (MIT) have them, written anew for a backtracking matcher.
 * No rule goes by randomness alone: hashes and UUIDs are everyday text in a terminal.
 */
export const secretKinds: readonly SecretKind[] = [
  prefixed("telegram", "\\d{5,16}:A[A-Za-z0-9_-]{34}(?![A-Za-z0-9_-])"),
  prefixed("anthropic", "sk-ant-[A-Za-z0-9_-]{20,200}"),
  prefixed("openrouter", "sk-or-v1-[0-9a-f]{32,64}"),
  prefixed("openai", "sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,250}"),
  prefixed("openai", "sk-[A-Za-z0-9]{20,64}(?![A-Za-z0-9])"),
  prefixed("github", "gh[pousr]_[A-Za-z0-9]{36,251}"),
  prefixed("github", "github_pat_[A-Za-z0-9_]{22,255}"),
  prefixed("gitlab", "gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[A-Za-z0-9_.-]{20,300}"),
  prefixed("aws-key-id", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])"),
  kind("aws-secret", /(aws.{0,20}?(?:secret|key).{0,20}?["' =:]{1,6})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi),
  prefixed("google", "AIza[A-Za-z0-9_-]{35}"),
  prefixed("google", "ya29\\.[A-Za-z0-9_-]{20,500}"),
  prefixed("google", "GOCSPX-[A-Za-z0-9_-]{28}"),
  prefixed("azure-storage", "(AccountKey=)[A-Za-z0-9+/]{86}=="),
  prefixed("slack", "xox[abeoprs]-[A-Za-z0-9-]{10,250}"),
  prefixed("slack", "xapp-\\d-[A-Z0-9]{6,20}-\\d{6,20}-[a-f0-9]{32,128}"),
  kind("slack-webhook", /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/+_-]{20,120}/g),
  kind("discord-webhook", /(discord(?:app)?\.com\/api\/webhooks\/)\d{15,22}\/[A-Za-z0-9_-]{60,80}/g),
  prefixed("discord", "[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}"),
  prefixed("stripe", "(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,250}"),
  prefixed("stripe", "whsec_[A-Za-z0-9+/=]{24,80}"),
  prefixed("npm", "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
  prefixed("pypi", "pypi-[A-Za-z0-9_-]{50,500}"),
  prefixed("rubygems", "rubygems_[0-9a-f]{48}"),
  prefixed("huggingface", "hf_[A-Za-z0-9]{30,64}"),
  prefixed("replicate", "r8_[A-Za-z0-9]{37,40}"),
  prefixed("groq", "gsk_[A-Za-z0-9]{40,80}"),
  prefixed("xai", "xai-[A-Za-z0-9]{60,100}"),
  prefixed("perplexity", "pplx-[A-Za-z0-9]{40,64}"),
  prefixed("sendgrid", "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{30,64}"),
  prefixed("mailgun", "key-[0-9a-f]{32}(?![0-9a-f])"),
  prefixed("twilio", "SK[0-9a-f]{32}(?![0-9a-f])"),
  prefixed("digitalocean", "do[opr]_v1_[a-f0-9]{64}"),
  prefixed("docker", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,64}"),
  prefixed("1password", "ops_[A-Za-z0-9+/_=-]{60,2000}"),
  prefixed("1password", "A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}"),
  prefixed("vault", "hv[sbr]\\.[A-Za-z0-9_-]{20,300}"),
  prefixed("terraform", "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}"),
  prefixed("doppler", "dp\\.(?:pt|ct|st|sa|scim|audit)\\.[A-Za-z0-9._-]{40,64}"),
  prefixed("pulumi", "pul-[a-f0-9]{40}"),
  prefixed("databricks", "dapi[a-f0-9]{32}(?:-\\d)?"),
  prefixed("grafana", "(?:glc_[A-Za-z0-9+/=]{32,400}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})"),
  prefixed("sentry", "sntr(?:ys|yu)_[A-Za-z0-9_=+/-]{40,300}"),
  prefixed("newrelic", "NRAK-[A-Z0-9]{27}"),
  prefixed("postman", "PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
  prefixed("shopify", "shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}"),
  prefixed("square", "sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}"),
  prefixed("linear", "lin_(?:api|oauth)_[A-Za-z0-9]{40,64}"),
  prefixed("notion", "ntn_[A-Za-z0-9]{40,60}"),
  prefixed("planetscale", "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}"),
  prefixed("netlify", "nfp_[A-Za-z0-9]{36,40}"),
  prefixed("supabase", "sb(?:p_[a-f0-9]{40}|_secret_[A-Za-z0-9_-]{20,60})"),
  prefixed("age", "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
  prefixed("jwt", "eyJ[A-Za-z0-9_-]{10,2000}\\.eyJ[A-Za-z0-9_-]{10,4000}(?:\\.[A-Za-z0-9_-]{10,1000})?"),
  kind("authorization", /(authorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:bearer|basic|token|digest|apikey|negotiate)[ \t]{1,4}["']?)[A-Za-z0-9._~+/=-]{8,2000}/gi),
  kind("authorization", /(authorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?)(?=[A-Za-z._~+/=-]{0,100}\d)[A-Za-z0-9._~+/=-]{8,2000}/gi),
  kind("url-password", /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'`]{0,100}:)[^\s@/"'`]{1,200}(?=@)/gi),
  // A value that begins like a variable, a call or a placeholder is code, not a secret.
  kind(
    "assigned",
    /((?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)["'`]?[ \t]{0,4}[:=][ \t]{0,4}["'`]?)(?![$<{([*%]|(?:process|os|env|import|self|this|config|settings|secrets|options|args|await|new|null|undefined|true|false|none|string|required|optional|password|passphrase|secret|token|authentication|permission)\b)[^\s"'`,;(){}[\]<>‹›│┃║|]{8,200}(?![^\s"'`,;]{0,200}\()/gi,
  ),
];
