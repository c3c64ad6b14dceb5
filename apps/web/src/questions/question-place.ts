/** Where a question or one of its options is written: begins the names of its fields, which an address can lead to. */
export function placeOf(questionId: string, optionId?: string): string {
  const place = `question-${questionId}`;
  return optionId === undefined ? place : `${place}-${optionId}`;
}
