/** The nonce under which this page may add styles; undefined where no policy asks for one. */
export function styleNonce(): string | undefined {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
}

// The toolkit looks for the nonce in this element, and does so while its modules are loaded.
const element = document.createElement('meta');
element.setAttribute('property', 'csp-nonce');
element.content = styleNonce() ?? '';
document.head.append(element);
