/**
 * The name of an image without what a reference may leave out or add: the registry every reference defaults to, its
 * `library/`, tag and digest. `docker.io/library/traefik:v3.7` → `traefik`.
 */
export function imageName(reference: string): string {
  const withoutDigest = reference.replace(/@.*$/, '');
  const withoutTag = withoutDigest.replace(/:[^:/]*$/, '');
  return withoutTag.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
}

/** As `imageName`, tag or digest included, so that two references to the same image read the same; `latest` where it has neither. */
export function imageReference(reference: string): string {
  const name = imageName(reference);
  const rest = /(?::[^:/@]*)?(?:@.*)?$/.exec(reference)?.[0] ?? '';
  return `${name}${rest === '' ? ':latest' : rest}`;
}
