/** Where a link of a note leads: to another program, or to a file beside the workspace. */
export type NoteLink =
  { readonly kind: 'address'; readonly href: string } | { readonly kind: 'file'; readonly path: string };

/** A link of a note as it may be followed; null for everything but web, mail and relative file links. */
export function readNoteLink(href: string): NoteLink | null {
  const link = href.trim();
  if (/^(https?:\/\/|mailto:)/i.test(link)) return { kind: 'address', href: link };
  if (link === '' || /^[a-z][a-z0-9+.-]*:/i.test(link) || /^[/\\#?]/.test(link)) return null;
  const path = decoded(link.replace(/[?#].*$/, ''));
  return path === null || path.includes('\u0000') || path.includes('\\') || path.startsWith('/')
    ? null
    : { kind: 'file', path };
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
