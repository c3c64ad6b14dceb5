import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
} from "node:crypto";

const MIN_BYTES = 32;
const KEY_BYTES = 32;
/** PKCS#8 head of an Ed25519 private key; the seed follows. */
const ED25519_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

export type SigningKey = { id: string; privateKey: KeyObject; publicKey: KeyObject };

/** Every key of the system, derived from SECRETS by purpose: rotation is a new first secret. */
export type Secrets = {
  /** The first signs, all verify. */
  signing: (purpose: string) => [SigningKey, ...SigningKey[]];
  mac: (purpose: string) => [Buffer, ...Buffer[]];
};

export function parseSecrets(value: string): Secrets {
  const secrets = value.split(",").map((text) => Buffer.from(text.trim(), "base64url"));
  const [first, ...rest] = secrets;
  if (first === undefined || secrets.some((secret) => secret.length < MIN_BYTES)) {
    throw new Error(
      "SECRETS needs at least 32 random bytes as base64url text, or several of them separated by commas",
    );
  }
  return {
    signing: (purpose) => [
      signingKey(first, purpose),
      ...rest.map((secret) => signingKey(secret, purpose)),
    ],
    mac: (purpose) => [derive(first, purpose), ...rest.map((secret) => derive(secret, purpose))],
  };
}

function derive(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), `tsudoi ${purpose}`, KEY_BYTES));
}

function signingKey(secret: Buffer, purpose: string): SigningKey {
  const privateKey = createPrivateKey({
    key: Buffer.concat([ED25519_HEAD, derive(secret, purpose)]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = createPublicKey(privateKey);
  const id = createHash("sha256")
    .update(publicKey.export({ format: "der", type: "spki" }))
    .digest("base64url")
    .slice(0, 8);
  return { id, privateKey, publicKey };
}
