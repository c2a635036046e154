/** Hands a text to the member as a file. */
export function download(name, text) {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  link.click();
  URL.revokeObjectURL(link.href);
}
