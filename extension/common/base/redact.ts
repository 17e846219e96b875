import { PikaError } from './pikaError.ts';

const PLACEHOLDER = '•••';

/** A text without any of the secrets, in the forms in which SQL and addresses carry them. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, secret.replaceAll("'", "''"), encodeURIComponent(secret)]);
  const longestFirst = [...new Set(forms)].filter(Boolean).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((shown, form) => shown.replaceAll(form, PLACEHOLDER), text);
}

/** An error whose texts hold none of the secrets; its cause, which may, is left out. */
export function withoutSecrets(error: PikaError, secrets: readonly string[]): PikaError {
  if (secrets.length === 0) return error;
  const { hint, path } = error.details;
  return new PikaError(error.code, redact(error.message, secrets), {
    ...error.details,
    ...(hint === undefined ? {} : { hint: redact(hint, secrets) }),
    ...(path === undefined ? {} : { path: redact(path, secrets) }),
  });
}
