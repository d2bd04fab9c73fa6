/** Whether an exchange is worth a look more than others: it went wrong, or was tried again. */
export function isTelling(status: number, tries: number): boolean {
  return status === 0 || status >= 400 || tries > 1;
}
