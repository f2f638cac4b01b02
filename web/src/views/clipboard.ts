/** Puts a text on the clipboard. Where the page may not write to it, the text is selected in the field that
 *  holds it, for the browser to copy or the hand. Says whether it was copied. */
export async function putOnClipboard(text: string, field: () => HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field().select();
    return document.execCommand('copy');
  }
}
