// What to do when a file of records (network/store) cannot be used. The store knows no command line,
// so the hints stand here; a code without one does not compile.
import type { StoreErrorCode } from '@wattlock/store';
import type { Hint } from './explain';

export const STORE_HINTS: Readonly<Record<StoreErrorCode, Hint>> = {
  STORE_BUSY: {
    en: 'Wait until the other command has ended, and try again.',
    ja: '他のコマンドの終了を待って、もう一度実行してください。',
  },
  STORE_FULL: {
    en: 'Make room on the disk, and try again; what was recorded before is safe.',
    ja: 'ディスクの空きを増やして、もう一度実行してください。記録済みの内容は失われません。',
  },
  STORE_READONLY: {
    en: 'Give this user the right to write the file and its folder, or use a copy: --home DIR.',
    ja: 'ファイルとフォルダーへの書き込みを許可するか、写しを使ってください: --home DIR',
  },
  STORE_NO_ACCESS: {
    en: "Run as the file's owner, or let this user in: ls -l shows whose it is.",
    ja: 'ファイルの所有者として実行するか、権限を与えてください(所有者は ls -l で確認)。',
  },
  STORE_WRONG_PLACE: {
    en: 'Name another path; a home is a folder.',
    ja: '別のパスを指定してください。ホームはフォルダーです。',
  },
  STORE_MISSING: {
    en: 'Check the path; a home and its ledger are made by: wattlock init.',
    ja: 'パスを確認してください。ホームと台帳は次の命令で作れます: wattlock init',
  },
  STORE_DAMAGED: {
    en: 'Restore the file from a backup.',
    ja: 'ファイルをバックアップから戻してください。',
  },
  STORE_NO_DATABASE: {
    en: 'Restore the file from a backup, or move it away.',
    ja: 'ファイルをバックアップから戻すか、別の場所へ移してください。',
  },
  STORE_FOREIGN: {
    en: 'Name another path; this file is no file of wattlock.',
    ja: '別のパスを指定してください。wattlock のファイルではありません。',
  },
  STORE_NEWER: {
    en: 'Use the version of wattlock that wrote the file, or a later one: wattlock version.',
    ja: 'ファイルを書いた版か、それより新しい wattlock を使ってください。版の確認: wattlock version',
  },
  STORE_OLDER: {
    en: 'Open it once with a command that writes, such as: wattlock swap resume.',
    ja: '書き込む命令で一度開いてください(例: wattlock swap resume)。',
  },
  STORE_CLOSED: {
    en: 'This is a fault of the program; WATTLOCK_DEBUG=1 shows where.',
    ja: 'プログラムの不具合です。WATTLOCK_DEBUG=1 で場所が表示されます。',
  },
  STORE_FAULT: {
    en: 'Check the disk; WATTLOCK_DEBUG=1 shows where it failed.',
    ja: 'ディスクを検査してください。WATTLOCK_DEBUG=1 で失敗した場所が表示されます。',
  },
};
