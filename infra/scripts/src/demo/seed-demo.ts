export async function seedDemo(_url: string): Promise<void> {}
export async function hasDemoLogins(_url: string): Promise<boolean> {
  return true;
}
