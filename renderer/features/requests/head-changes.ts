import type { HeaderField, MessageHead } from '../../../shared/view/message-head.ts';

/** Of each field that the backend got, whether Switchyard put it there or changed it; null for neither. */
export function changedNotes(sent: MessageHead, got: MessageHead): readonly (string | null)[] {
  return got.fields.map((field) => {
    if (sent.fields.some((one) => isSameName(one, field) && one.value === field.value)) return null;
    return sent.fields.some((one) => isSameName(one, field)) ? 'changed here' : 'added here';
  });
}

/** Of each field that the client sent, whether it ended here; null when it was passed on. */
export function droppedNotes(sent: MessageHead, got: MessageHead): readonly (string | null)[] {
  return sent.fields.map((field) =>
    got.fields.some((one) => isSameName(one, field)) ? null : 'not passed on',
  );
}

function isSameName(one: HeaderField, other: HeaderField): boolean {
  return one.name.toLowerCase() === other.name.toLowerCase();
}
