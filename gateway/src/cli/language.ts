// The language of hints: what --language says, else the environment's, as POSIX orders its variables.
import { LANGUAGES, type Language } from '../errors';

const VARIABLES = ['WATTLOCK_LANGUAGE', 'LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/**
 * Asked of the bare arguments, because a command line that cannot be read deserves its error in the right language too.
 * A language that is not spoken here is answered in English.
 */
export function languageOf(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const at = args.findLastIndex((arg) => arg === '--language' || arg.startsWith('--language='));
  const option = args[at]?.includes('=') === true ? args[at].split('=')[1] : args[at + 1];
  const named = at < 0 ? VARIABLES.map((name) => environment[name]).find(Boolean) : option;
  return LANGUAGES.find((language) => named?.toLowerCase().startsWith(language) === true) ?? 'en';
}
