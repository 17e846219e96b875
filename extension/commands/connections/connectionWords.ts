import { l10n } from 'vscode';
import type { ConnectionType } from '#common/remote/connection';

/** What a type of connection is called, and how a target of it is written. */
export interface ConnectionWords {
  readonly label: string;
  readonly description: string;
  readonly target: string;
}

/** The words for each type of connection. */
export function connectionWords(): Readonly<Record<ConnectionType, ConnectionWords>> {
  const files = l10n.t('A file or glob below the connection’s folder, e.g. sales/*.parquet');
  const folder = l10n.t('The table’s folder below the connection’s folder, e.g. warehouse/orders');
  const table = l10n.t('A table, e.g. public.orders');
  const formats = l10n.t('Parquet, CSV and JSON files');
  return {
    s3: { label: 'Amazon S3', description: formats, target: files },
    gcs: { label: 'Google Cloud Storage', description: formats, target: files },
    http: { label: 'HTTP(S)', description: formats, target: files },
    iceberg: { label: 'Iceberg', description: l10n.t('tables in an object store'), target: folder },
    delta: { label: 'Delta Lake', description: l10n.t('tables in an object store'), target: folder },
    ducklake: { label: 'DuckLake', description: l10n.t('a catalogue in an object store'), target: table },
    postgres: { label: 'PostgreSQL', description: l10n.t('tables and views'), target: table },
    mysql: { label: 'MySQL', description: l10n.t('tables and views'), target: table },
    motherduck: { label: 'MotherDuck', description: l10n.t('tables and views'), target: table },
  };
}

/** What a field of a connection is asked for with. */
export function fieldPrompt(field: string): string {
  switch (field) {
    case 'url':
      return l10n.t(
        'Address of the folder, e.g. s3://bucket/folder/ or https://host/data/. Nothing outside it is read.',
      );
    case 'region':
      return l10n.t('Region, e.g. eu-central-1');
    case 'endpoint':
      return l10n.t('Endpoint, where it is not Amazon’s own, e.g. minio.example.org:9000');
    case 'urlStyle':
      return l10n.t('Style of addresses: vhost or path');
    case 'catalog':
      return l10n.t('File of the catalogue below the folder, e.g. lake.ducklake');
    case 'host':
      return l10n.t('Host name or address of the server');
    case 'port':
      return l10n.t('Port');
    case 'database':
      return l10n.t('Database');
    case 'user':
      return l10n.t('User');
    case 'password':
      return l10n.t('Password');
    case 'keyId':
      return l10n.t('Access key id');
    case 'secret':
      return l10n.t('Secret access key');
    case 'sessionToken':
      return l10n.t('Session token');
    default:
      return l10n.t('Access token');
  }
}
