import type { SessionSnapshot, WebviewCommand } from '#common/protocol/webviewContract';

/** A line above the canvas that says what cannot be done here, and a way out where there is one. */
export interface Banner {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly command?: WebviewCommand;
  readonly button?: string;
}

/** The banner a document needs, if any; an invalid document has a page of its own. */
export function bannerOf({ readOnlyReason, isTrusted }: SessionSnapshot): Banner | null {
  if (readOnlyReason === 'untrusted' || (readOnlyReason === null && !isTrusted)) {
    return {
      icon: 'workspace-untrusted',
      title: 'Restricted Mode.',
      text: 'The workspace is drawn, but nothing runs until you trust this folder.',
      command: 'manageTrust',
      button: 'Manage Trust',
    };
  }
  if (readOnlyReason === 'data-file') {
    return {
      icon: 'eye',
      title: 'Looking at a data file.',
      text: 'Keep it as a workspace to add queries and plots.',
      command: 'keepAsWorkspace',
      button: 'Keep as Workspace',
    };
  }
  if (readOnlyReason === 'newer-version') {
    return {
      icon: 'lock',
      title: 'Read-only.',
      text: 'This workspace was written by a newer version of Pika.',
      command: 'openAsText',
      button: 'Open as Text',
    };
  }
  return null;
}
